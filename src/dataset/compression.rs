//! Compressed files, recognised by their first bytes: one line each in [`COMPRESSIONS`].

use crate::error::Damage;
use std::io::{self, Read};

type Stream = Box<dyn Read>;

struct Compression {
    name: &'static str,
    magic: &'static [u8],
    decoder: fn(Stream) -> io::Result<Stream>,
}

const COMPRESSIONS: &[Compression] = &[
    Compression {
        name: "gzip",
        magic: b"\x1f\x8b\x08",
        decoder: |stream| Ok(Box::new(flate2::read::MultiGzDecoder::new(stream))),
    },
    Compression { name: "zstd", magic: b"\x28\xb5\x2f\xfd", decoder: zstd },
    // What pzstd writes before its frames.
    Compression { name: "zstd", magic: b"\x50\x2a\x4d\x18", decoder: zstd },
    Compression {
        name: "bzip2",
        magic: b"BZh",
        decoder: |stream| Ok(Box::new(bzip2::read::MultiBzDecoder::new(stream))),
    },
    Compression {
        name: "xz",
        magic: b"\xfd7zXZ\0",
        decoder: |stream| Ok(Box::new(lzma_rust2::XzReader::new(stream, true))),
    },
];

fn zstd(stream: Stream) -> io::Result<Stream> {
    let mut decoder = zstd::stream::read::Decoder::new(stream)?;
    // Data sets are often packed with --long, which the library refuses by default.
    decoder.window_log_max(31)?;
    Ok(Box::new(decoder))
}

/// Reads the first bytes of a stream; if they are those of a compressed file, gives its name and the decoded stream.
pub(super) fn decode(mut stream: Stream) -> io::Result<(Option<&'static str>, Stream)> {
    let mut head = Vec::new();
    let mut buffer = [0; 16];
    // A pipe may deliver less than a magic number at a time, and must not be waited for without need.
    while COMPRESSIONS.iter().any(|known| known.magic.len() > head.len() && known.magic.starts_with(&head)) {
        match stream.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => head.extend_from_slice(&buffer[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let found = COMPRESSIONS.iter().find(|known| head.starts_with(known.magic));
    let whole: Stream = Box::new(io::Cursor::new(head).chain(stream));
    match found {
        None => Ok((None, whole)),
        Some(known) => {
            let buffered = Box::new(io::BufReader::with_capacity(64 * 1024, whole));
            let decoded = (known.decoder)(buffered).map_err(|error| damaged(known.name, &error))?;
            Ok((Some(known.name), Box::new(Decoded { stream: decoded, name: known.name })))
        }
    }
}

/// Gives errors of a decoder as the damage of the file.
struct Decoded {
    stream: Stream,
    name: &'static str,
}

impl Read for Decoded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.read(buffer).map_err(|error| damaged(self.name, &error))
    }
}

fn damaged(compression: &'static str, error: &io::Error) -> io::Error {
    let said = (error.kind() != io::ErrorKind::UnexpectedEof).then(|| error.to_string());
    io::Error::new(error.kind(), Damage::Compressed { compression, said })
}
