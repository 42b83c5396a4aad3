"""Where the program is found, and what becomes of its errors."""

import os
import stat
import subprocess
import sys
import warnings
from pathlib import Path

import maskview
import pytest
from maskview import _program


def test_the_wheel_brings_the_program():
    said = subprocess.run([maskview.program(), "--version"], capture_output=True, text=True, check=True).stdout
    assert said.strip() == f"maskview {maskview.__version__}"


def test_python_m_is_the_program():
    command = [sys.executable, "-m", "maskview", "--version"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.startswith("maskview ")
    refused = subprocess.run([sys.executable, "-m", "maskview", "--nonsense"], capture_output=True)
    assert refused.returncode == 2


def nothing_installed(monkeypatch, tmp_path):
    monkeypatch.setattr(_program.sysconfig, "get_path", lambda *_: str(tmp_path / "nowhere"))
    monkeypatch.setattr(_program, "__file__", str(tmp_path / "lib" / "maskview" / "_program.py"))
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.delenv("MASKVIEW_BIN", raising=False)


def executable(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_the_order_in_which_it_is_looked_for(monkeypatch, tmp_path):
    nothing_installed(monkeypatch, tmp_path)
    with pytest.raises(maskview.MaskviewError, match="MASKVIEW_BIN"):
        maskview.program()
    on_path = executable(tmp_path / "path" / "maskview")
    assert maskview.program() == on_path
    named = executable(tmp_path / "named")
    monkeypatch.setenv("MASKVIEW_BIN", named)
    assert maskview.program() == named
    in_wheel = executable(tmp_path / "nowhere" / "maskview")
    assert maskview.program() == in_wheel


def test_an_error_is_an_exception_with_the_programs_words(rows):
    with pytest.raises(maskview.MaskviewError, match="nonsense") as refused:
        maskview.audit(rows, policy="nonsense")
    assert not str(refused.value).startswith("maskview:")
    with pytest.raises(maskview.MaskviewError, match="no-such-folder"):
        maskview.show(rows[0], tokenizer="./no-such-folder/")


def test_an_option_that_does_not_exist_is_refused(rows):
    with pytest.raises(maskview.MaskviewError, match="--maximum-length"):
        maskview.audit(rows, maximum_length=3)


def test_a_value_never_becomes_an_option(rows):
    with pytest.raises(maskview.MaskviewError, match="--output=x"):
        maskview.audit(rows, policy="--output=x")


def test_flags():
    written = _program.flags(
        {"max_length": 5, "add_special_tokens": True, "theme": None, "template_kwargs": {"a": False}, "ignore": ["b", "c"]}
    )
    assert written == ["--max-length=5", "--add-special-tokens", '--template-kwargs={"a": false}', "--ignore=b,c"]
    assert _program.flags({"records": [1, 2], "width": 1.5}) == ["--records=1,2", "--width=1.5"]


def test_a_program_that_ends_before_it_has_read_all(tmp_path, monkeypatch):
    script = tmp_path / "maskview"
    script.write_text("#!/bin/sh\necho 'maskview: no more' >&2\nexit 2\n")
    script.chmod(0o755)
    monkeypatch.setattr(_program, "program", lambda: str(script))
    with pytest.raises(maskview.MaskviewError, match="^no more$"):
        _program.run(["audit", "-"], (b"x" * 65536 for _ in range(100)))


def test_what_the_rows_raise_ends_the_program():
    def broken():
        yield b'{"text": "a"}\n'
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        _program.run(["audit", "-"], broken())


@pytest.mark.parametrize("error", [BrokenPipeError("network"), ConnectionResetError("network")])
def test_a_connection_of_the_rows_that_breaks_is_no_end_of_the_program(error):
    def broken():
        yield b'{"text": "a"}\n'
        raise error

    with pytest.raises(type(error), match="network"):
        _program.run(["audit", "-"], broken())


def test_warnings_are_warnings(tmp_path, monkeypatch):
    script = tmp_path / "maskview"
    script.write_text("#!/bin/sh\necho 'maskview: warning: careful' >&2\necho said >&2\necho out\n")
    script.chmod(0o755)
    monkeypatch.setattr(_program, "program", lambda: str(script))
    with pytest.warns(maskview.MaskviewWarning, match="^careful$"):
        assert _program.run([]) == ("out\n", ["said"], 0)


def test_mypy_finds_nothing():
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "mypy", "--config-file", str(root / "pyproject.toml")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, env={**os.environ, "MYPY_CACHE_DIR": os.devnull})
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_heavy_is_imported():
    code = "import sys, maskview; sys.exit(any(name in sys.modules for name in ('torch', 'transformers', 'pandas', 'numpy')))"
    with warnings.catch_warnings():
        assert subprocess.run([sys.executable, "-c", code]).returncode == 0
