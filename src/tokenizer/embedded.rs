//! stub
pub struct Dialect;
impl Dialect {
    pub fn config_json(&self) -> &'static str {
        "{}"
    }
    pub fn chat_template(&self) -> &'static str {
        ""
    }
    pub fn load(&self) -> tokenizers::Tokenizer {
        unimplemented!()
    }
}
pub fn by_name(_: &str) -> Option<Dialect> {
    None
}
pub fn names() -> impl Iterator<Item = &'static str> {
    ["minimind", "chatml"].into_iter()
}
