//! Errors of pictures in Chinese.

use crate::error::PictureFault;

pub(in crate::words::zh) fn picture(fault: &PictureFault) -> String {
    match fault {
        PictureFault::NotBuilt => {
            "这个 maskview 没有编译 PNG 支持；请写出 SVG 或 HTML，或安装带 `png` 特性的 maskview".to_owned()
        }
        PictureFault::NoFont => {
            "系统没有安装等宽字体，无法写出 PNG；请安装一种（例如 DejaVu Sans Mono），或写出 SVG 或 HTML".to_owned()
        }
        PictureFault::TooLarge { width, height } => {
            format!("{width}×{height} 像素的 PNG 图片太大；请减少列数，或写出 SVG 或 HTML")
        }
        PictureFault::Refused { said } => format!("无法画出 PNG 图片（{said}）；请写出 SVG 或 HTML"),
    }
}
