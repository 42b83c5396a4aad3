//! What a lint says of itself: the documentation of its file, which the sections of every language share.

use super::Lint;
use crate::words::commands::{CommandWords, ExampleTemplate};
use crate::words::{Language, Said, documentation};

/// A section of a lint's documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// What it reports.
    Does,
    /// What comes of it in training.
    Hurts,
    /// Data in which it is found and data in which it is not: the same in every language.
    Example,
    /// What to do about it.
    Cure,
}

impl Section {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Does, Self::Hurts, Self::Example, Self::Cure];

    /// Its heading.
    #[must_use]
    pub fn heading(self) -> Said {
        match self {
            Self::Does => Said { en: "What it does", zh: "作用" },
            Self::Hurts => Said { en: "Why it hurts", zh: "危害" },
            Self::Example => Said { en: "Example", zh: "示例" },
            Self::Cure => Said { en: "What to do", zh: "处理方法" },
        }
    }
}

impl Lint {
    /// The documentation of the lint for the reader, as Markdown.
    #[must_use]
    pub fn explanation(&self, language: Language) -> String {
        let mut text = match language {
            Language::English => documentation::introduction(&documentation::leading(self.source)),
            Language::Chinese => format!("{}。", self.summary.zh),
        };
        for section in Section::ALL {
            let heading = language.say(&section.heading());
            text.extend(["\n\n## ", &heading, "\n\n", &self.section(section, language)]);
        }
        text
    }

    /// What stands in one of its sections; empty where the file says nothing in that language.
    #[must_use]
    pub fn section(&self, section: Section, language: Language) -> String {
        let all = documentation::leading(self.source);
        if section == Section::Example {
            let example = documentation::section(&all, section.heading().en);
            return example.lines().map(|line| led(line, language)).collect::<Vec<_>>().join("\n");
        }
        documentation::section(&all, &language.say(&section.heading()))
    }

    /// What to do about what it finds, in one line.
    #[must_use]
    pub fn cure(&self, language: Language) -> String {
        documentation::in_one_line(&self.section(Section::Cure, language))
    }
}

/// The line of an example; one that leads to data is said in the language.
fn led(line: &str, language: Language) -> String {
    let found = line.starts_with("Found");
    if language == Language::English || !found && !line.starts_with("Not found") {
        return line.to_owned();
    }
    let options: Vec<&str> = line.split('`').skip(1).step_by(2).filter(|quoted| quoted.starts_with('-')).collect();
    let template = match line {
        line if line.contains("this chat template") => ExampleTemplate::Below,
        line if line.contains("own chat template") => ExampleTemplate::OfTokenizer,
        _ => ExampleTemplate::Unsaid,
    };
    language.say(&CommandWords::Example { found, options: &options, template })
}
