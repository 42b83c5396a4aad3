//! How Jinja2 is set up.

/// How Jinja2 is set up to compile and render a template.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Environment {
    /// As Transformers does it, which is what chat templates are written for.
    #[default]
    Transformers,
    /// As it is with `undefined=StrictUndefined` and `raise_exception`, and nothing else: newlines and blanks around tags
    /// stay, there are neither loop controls nor generation blocks, `strftime_now`, `tools` nor `documents`, and an undefined
    /// value that is used is an error. Its own `tojson`, which escapes for HTML, is not supported.
    Strict,
}
