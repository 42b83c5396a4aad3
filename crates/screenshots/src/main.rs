//! Takes the pictures of the viewer anew: `cargo run -p screenshots`.
//!
//! Every picture is drawn by the viewer's own code as SVG, and those that the READMEs show as PNG too. `pictures.rs` has the
//! table of the pictures; `tests/screenshots.rs` fails when they are not those of the code.

mod gallery;
mod pictures;
mod raster;
mod tour;

use pictures::{FOLDER, LOOKS, PICTURES, VIEWS, digest};
use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    // The sample is named on screen as a person names it at the root of the repository.
    std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))?;
    let (folder, views) = (Path::new(FOLDER), Path::new(FOLDER).join(VIEWS));
    fs::create_dir_all(&views)?;
    let rasteriser = raster::Rasteriser::new()?;
    let (mut files, mut bytes) = (0, 0);
    let mut write = |path: &Path, contents: &[u8]| {
        (files, bytes) = (files + 1, bytes + contents.len());
        fs::write(path, contents)
    };
    for picture in PICTURES {
        for look in LOOKS {
            let (svg, path) = (picture.take(look)?, views.join(picture.file(look)));
            if picture.is_png(look) {
                let sitting = picture.sit(look)?;
                let png = rasteriser.png(&sitting.screen(picture.size), sitting.window(), &digest(&svg))?;
                write(&path.with_extension("png"), &png)?;
            }
            write(&path.with_extension("svg"), svg.as_bytes())?;
        }
    }
    let (cast, moving) = tour::record()?;
    write(&folder.join(tour::NAME).with_extension("cast"), cast.as_bytes())?;
    write(&folder.join(tour::NAME).with_extension("svg"), moving.as_bytes())?;
    write(&folder.join("README.md"), gallery::readme().as_bytes())?;
    for path in gallery::leftovers()? {
        println!("removed {}", path.display());
        fs::remove_file(path)?;
    }
    println!("{files} files, {bytes} bytes");
    Ok(())
}
