//! The index of a data set beside what it cannot be faster than: reading the file and looking for newlines.

#[allow(dead_code, reason = "each bench uses some of it")]
mod support;

use divan::Bencher;
use divan::counter::BytesCount;
use maskview::dataset::Dataset;
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;
use std::sync::LazyLock;
use support::Random;
use tempfile::NamedTempFile;

fn main() {
    divan::main();
}

const BYTES: usize = 200 << 20;

static DATA: LazyLock<NamedTempFile> = LazyLock::new(|| {
    let file = NamedTempFile::new().expect("a temporary file");
    Random::new(5).data_set(BYTES, file.as_file()).expect("room for a temporary file");
    file
});

fn paths() -> [PathBuf; 1] {
    [DATA.path().to_owned()]
}

/// The whole index.
#[divan::bench(sample_count = 10)]
fn index(bencher: Bencher) {
    let paths = paths();
    bencher.counter(BytesCount::new(BYTES)).bench(|| Dataset::open(&paths).expect("a data set").count());
}

/// The floor of the index.
#[divan::bench(sample_count = 10)]
fn newlines_alone(bencher: Bencher) {
    let paths = paths();
    bencher.counter(BytesCount::new(BYTES)).bench(|| {
        let mut file = File::open(&paths[0]).expect("the data set");
        let mut block = vec![0; 1 << 20];
        let mut lines = 0;
        while let Ok(count) = file.read(&mut block)
            && count > 0
        {
            lines += memchr::memchr_iter(b'\n', &block[..count]).count();
        }
        lines
    });
}

/// Opening the file and reading its first record, while the index grows.
#[divan::bench(sample_count = 20)]
fn first_record(bencher: Bencher) {
    let paths = paths();
    bencher.bench(|| Dataset::open(&paths).expect("a data set").record(0));
}

/// Any record of an index that is complete.
#[divan::bench]
fn any_record(bencher: Bencher) {
    let dataset = Dataset::open(&paths()).expect("a data set");
    let records = dataset.count();
    let mut random = Random::new(1);
    bencher.with_inputs(|| random.below(records)).bench_local_values(|index| dataset.record(index));
}
