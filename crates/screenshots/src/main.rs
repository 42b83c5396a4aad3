//! Takes the pictures of the viewer anew: `cargo run -p screenshots`.
//!
//! Every picture is drawn by the viewer's own code, as SVG, and made into a PNG file with the fonts of this machine. The
//! fonts that the SVG files ask for first are in the Debian packages fonts-dejavu-core and fonts-wqy-microhei.
//! `pictures.rs` has the table of the pictures; `tests/screenshots.rs` fails when they are not those of the code.

mod gallery;
mod pictures;
mod raster;
mod tour;

use pictures::{FOLDER, PICTURES, digest};
use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    // The sample is named on screen as a person names it at the root of the repository.
    std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))?;
    let folder = Path::new(FOLDER);
    fs::create_dir_all(folder)?;
    let rasteriser = raster::Rasteriser::new()?;
    for picture in PICTURES {
        let svg = picture.take()?;
        let png = rasteriser.png(&svg, &digest(&svg))?;
        println!("{}: {} and {} bytes", picture.name, svg.len(), png.len());
        fs::write(folder.join(picture.name).with_extension("svg"), svg)?;
        fs::write(folder.join(picture.name).with_extension("png"), png)?;
    }
    let (cast, moving) = tour::record()?;
    println!("{}: {} and {} bytes", tour::NAME, cast.len(), moving.len());
    fs::write(folder.join(tour::NAME).with_extension("cast"), cast)?;
    fs::write(folder.join(tour::NAME).with_extension("svg"), moving)?;
    fs::write(folder.join("README.md"), gallery::readme())?;
    for path in gallery::leftovers(folder)? {
        println!("removed {}", path.display());
        fs::remove_file(path)?;
    }
    Ok(())
}
