//! Every error is said in every language: a sample of each variant, and of whatever it carries.

use maskview::error::{
    ColumnFault, ColumnsHint, Conversion, Damage, DatasetError, DownloadFault, EncodeError, Error, Expected, Fate,
    FileFault, FileForm, FilterError, FolderHint, Foreign, FormatError, HubError, IdFault, JsonHint, KeyFault, KeyList,
    KeyType, Kind, LintError, MessageName, Mismatch, Needs, OptionFault, OptionValue, PictureFault, Place, PolicyError,
    RecordError, RefusedHint, ReportFault, TableFault, TableKind, TemplateError, TemplateHint, TermFault, Token,
    TokenizerError, TomlFault, Utf8Hint, VocabularyForm, Wanted, WriteFault,
};
use maskview::template::Error as JinjaError;
use maskview::words::{Language, Say, visible};

/// A name that would act on a terminal.
const NAME: &str = "\u{1b}]52;c;QUFB\u{7}\u{202E}";

/// Samples of a type. A variant without one does not compile.
macro_rules! every {
    ($type:ident { $($variant:ident => $($sample:expr),+;)* }) => {{
        fn _each_has_a_sample(value: &$type) {
            match value { $($type::$variant { .. } => {})* }
        }
        vec![$($($sample),+),*]
    }};
}

fn name() -> String {
    NAME.to_owned()
}

fn kinds() -> Vec<Kind> {
    every!(Kind {
        Missing => Kind::Missing;
        Null => Kind::Null;
        Truth => Kind::Truth;
        Number => Kind::Number;
        OtherNumber => Kind::OtherNumber;
        Text => Kind::Text;
        List => Kind::List;
        Object => Kind::Object;
        Date => Kind::Date;
    })
}

fn table_faults() -> Vec<TableFault> {
    every!(TableFault {
        Said => TableFault::said(&NAME);
        Undecodable => TableFault::Undecodable;
        CutOff => TableFault::CutOff;
        Changed => TableFault::Changed;
        FewerRows => TableFault::FewerRows;
        NoSchema => TableFault::NoSchema;
        SecondSchema => TableFault::SecondSchema;
        NegativeRows => TableFault::NegativeRows;
        UnknownMessage => TableFault::UnknownMessage;
        MisplacedMessage => TableFault::MisplacedMessage;
        MisplacedPart => TableFault::MisplacedPart;
        ImpossibleLength => TableFault::ImpossibleLength;
        MissingBatch => TableFault::MissingBatch;
        ImpossibleRows => TableFault::ImpossibleRows;
        ClaimedRows => TableFault::ClaimedRows { rows: 9 };
    })
}

fn filter_errors() -> Vec<FilterError> {
    let faults = every!(TermFault {
        Open => TermFault::Open { sign: '"' };
        Unknown => TermFault::Unknown { nearest: None, known: vec!["differs"] }, TermFault::Unknown { nearest: Some("cut"), known: vec!["cut"] };
        Form => TermFault::Form { example: "cut" };
        Pattern => TermFault::Pattern { reason: name() };
        Schema => TermFault::Schema { known: vec!["messages"] };
        Lint => TermFault::Lint { likely: vec!["empty-answer", "end-not-trained"] };
        Unquoted => TermFault::Unquoted { whole: name() };
        NotOfRecords => TermFault::NotOfRecords;
        Level => TermFault::Level { known: vec!["error"] };
    });
    faults.into_iter().map(|fault| FilterError { term: name(), fault }).collect()
}

fn foreign() -> Vec<Foreign> {
    every!(Foreign {
        Zip => Foreign::Zip;
        SevenZip => Foreign::SevenZip;
        Tar => Foreign::Tar;
        Sqlite => Foreign::Sqlite;
        Hdf5 => Foreign::Hdf5;
        NumPy => Foreign::NumPy;
        Pdf => Foreign::Pdf;
        Pickle => Foreign::Pickle;
        ParquetNotBuilt => Foreign::ParquetNotBuilt;
        ArrowNotBuilt => Foreign::ArrowNotBuilt;
        OldFeather => Foreign::OldFeather;
        Orc => Foreign::Orc;
        Avro => Foreign::Avro;
        GitLfs => Foreign::GitLfs;
        Utf16 => Foreign::Utf16;
        Picture => Foreign::Picture;
        Program => Foreign::Program;
        Weights => Foreign::Weights;
        NoTable => Foreign::NoTable;
    })
}

fn damages() -> Vec<Damage> {
    let tables = table_faults().into_iter().map(|fault| Damage::Table { kind: TableKind::Parquet, fault });
    let foreign = foreign().into_iter().map(Damage::Foreign);
    let others = every!(Damage {
        Table => Damage::Table { kind: TableKind::Arrow, fault: TableFault::CutOff };
        Compressed => Damage::Compressed { compression: "gzip", said: None },
            Damage::Compressed { compression: "zstd", said: Some(name()) };
        OpenArray => Damage::OpenArray;
        OpenQuote => Damage::OpenQuote { lines: 0 }, Damage::OpenQuote { lines: 1 }, Damage::OpenQuote { lines: 9 };
        LastComma => Damage::LastComma;
        AfterArray => Damage::AfterArray { line: 3 };
        Foreign => Damage::Foreign(Foreign::Zip);
        System => Damage::System(name());
        Unforeseen => Damage::Unforeseen;
        UnpacksTooFar => Damage::UnpacksTooFar { compression: "zstd", most: 1 << 30 };
        Codec => Damage::Codec { codec: name() };
    });
    tables.chain(foreign).chain(others).collect()
}

fn json_hints() -> Vec<JsonHint> {
    every!(JsonHint {
        SeveralLines => JsonHint::SeveralLines;
        CutOff => JsonHint::CutOff;
        Python => JsonHint::Python;
        GitLfs => JsonHint::GitLfs;
        Html => JsonHint::Html;
        MissingElement => JsonHint::MissingElement;
        TrailingComma => JsonHint::TrailingComma;
        ControlCharacter => JsonHint::ControlCharacter;
        TwoValues => JsonHint::TwoValues;
        CommaAfter => JsonHint::CommaAfter;
        OneValue => JsonHint::OneValue;
        Object => JsonHint::Object;
    })
}

fn utf8_hints() -> Vec<Utf8Hint> {
    every!(Utf8Hint {
        Utf16 => Utf8Hint::Utf16;
        Binary => Utf8Hint::Binary;
        CutOff => Utf8Hint::CutOff;
        OtherEncoding => Utf8Hint::OtherEncoding;
    })
}

fn record_errors() -> Vec<RecordError> {
    let place = Place { line: None, column: 7 };
    let json = json_hints().into_iter().map(|hint| RecordError::Json { reason: name(), place, hint: Some(hint) });
    let kinds = kinds().into_iter().map(|found| RecordError::NotObject { found });
    let utf8 = utf8_hints().into_iter().map(|hint| RecordError::Utf8 { byte: 8, value: 0xC4, hint });
    let damaged = damages().into_iter().map(RecordError::Damaged);
    let others = every!(RecordError {
        Json => RecordError::Json { reason: name(), place: Place { line: Some(2), column: 1 }, hint: None };
        NonFinite => RecordError::NonFinite { literal: "NaN", place };
        LoneSurrogate => RecordError::LoneSurrogate { place };
        TooDeep => RecordError::TooDeep { place };
        NotObject => RecordError::NotObject { found: Kind::List };
        Utf8 => RecordError::Utf8 { byte: 1, value: 0xFF, hint: Utf8Hint::Binary };
        TooLarge => RecordError::TooLarge { bytes: 9 << 30, largest: 64 << 20 };
        Gone => RecordError::Gone;
        Unreadable => RecordError::Unreadable { reason: name() };
        Columns => RecordError::Columns { found: 2, expected: 3 };
        DamagedRow => RecordError::DamagedRow { kind: TableKind::Parquet, fault: TableFault::said(&NAME) };
        Damaged => RecordError::Damaged(Damage::OpenArray);
        Column => RecordError::Column { column: name(), fault: ColumnFault::NullKey },
            RecordError::Column { column: name(), fault: ColumnFault::TooDeep { deepest: 9 } },
            RecordError::Column { column: name(), fault: ColumnFault::NoForm { data_type: name() } },
            RecordError::Column { column: name(), fault: ColumnFault::KeyType { data_type: name() } },
            RecordError::Column { column: name(), fault: ColumnFault::PrivateKey },
            RecordError::Column { column: name(), fault: ColumnFault::TimeZone { zone: name() } },
            RecordError::Column { column: name(), fault: ColumnFault::Decimal { digits: name(), said: name() } },
            RecordError::Column { column: name(), fault: ColumnFault::NoEntry };
    });
    json.chain(kinds).chain(utf8).chain(damaged).chain(others).collect()
}

fn needs() -> Vec<Needs> {
    every!(Needs {
        Texts => Needs::Texts(["prompt", "completion"]);
        Text => Needs::Text("text");
        Objects => Needs::Objects { list: "messages", keys: ["role", "content"] };
        Alternating => Needs::Alternating { list: "conversations", text: "content", role: "role" };
        Ids => Needs::Ids("input_ids");
        Pair => Needs::Pair;
        Query => Needs::Query;
    })
}

fn expected() -> Vec<Expected> {
    every!(Expected {
        Text => Expected::Text;
        Object => Expected::Object;
        Messages => Expected::Messages;
        Message => Expected::Message;
        TextOrMessages => Expected::TextOrMessages;
        Pairs => Expected::Pairs;
        Pair => Expected::Pair;
        Call => Expected::Call;
        Numbers => Expected::Numbers;
        TokenId => Expected::TokenId;
        Tools => Expected::Tools;
        Label => Expected::Label;
        Bit => Expected::Bit;
        Weight => Expected::Weight;
        Truth => Expected::Truth;
    })
}

fn format_errors() -> Vec<FormatError> {
    let keys = || KeyList { first: vec![name()], more: 2, inside: Some(Box::new((name(), vec![name()]))) };
    let none = KeyList { first: Vec::new(), more: 0, inside: None };
    let needs = needs().into_iter().map(|needs| FormatError::Mismatch { schema: "messages", needs, keys: keys() });
    let wrong = |found, expected| FormatError::WrongType { key: name(), found, expected };
    let tag = |fate| FormatError::UnknownTag {
        place: name(),
        role: name(),
        known: vec![name()],
        trainer: "LLaMA-Factory",
        fate,
    };
    let hint = || ColumnsHint::Messages { list: name(), role: name(), content: name() };
    let pair = || ColumnsHint::Pair { question: name(), answer: name() };
    let types = expected().into_iter().map(|expected| wrong(Kind::Text, expected));
    let kinds = kinds().into_iter().map(|found| wrong(found, Expected::Text));
    let others = every!(FormatError {
        Unrecognised => FormatError::Unrecognised { keys: keys(), tried: vec!["messages", "text"], hint: None },
            FormatError::Unrecognised { keys: keys(), tried: vec!["text"], hint: Some(Box::new(hint())) },
            FormatError::Unrecognised { keys: keys(), tried: vec!["text"], hint: Some(Box::new(pair())) };
        NoValue => FormatError::NoValue { schema: "alpaca", keys: vec![name(), name()] };
        Mismatch => FormatError::Mismatch { schema: "text", needs: Needs::Text("text"), keys: none };
        ColumnsMissing => FormatError::ColumnsMissing { missing: vec![name(), name()], keys: keys() };
        TagsMissing => FormatError::TagsMissing { place: name(), missing: Box::new([name()]), keys: keys() };
        WrongType => wrong(Kind::Null, Expected::Text);
        Empty => FormatError::Empty { key: "messages" };
        MissingKey => FormatError::MissingKey { place: None, missing: "text", keys: keys() },
            FormatError::MissingKey { place: Some(name()), missing: "role", keys: keys() };
        UnknownTag => tag(Fate::Skipped), tag(Fate::Raises);
        MissingTag => FormatError::MissingTag { place: name(), missing: name(), read: Box::new([name(), name()]), keys: keys() };
        UnknownRole => FormatError::UnknownRole {
            place: name(),
            role: name(),
            trainer: "ms-swift",
            known: "system, user".to_owned(),
        };
        OtherTarget => FormatError::OtherTarget { place: name(), target: 7, next: 8 };
        NotRead => FormatError::NotRead { trainer: "TRL", takes: "`text`", keys: keys() };
        NameTaken => FormatError::NameTaken { from: name(), to: name(), trainer: "ms-swift", fate: Fate::Raises };
        Media => FormatError::Media { key: name(), trainer: "verl" };
        SameAnswer => FormatError::SameAnswer { key: "rejected_response", trainer: "ms-swift", fate: Fate::Skipped };
        Length => FormatError::Length { key: "labels", length: 2, other: "input_ids", expected: 3 };
        NotJson => FormatError::NotJson { key: name(), reason: name() };
        NonFinite => FormatError::NonFinite { key: name(), literal: "NaN" };
    });
    needs.chain(types).chain(kinds).chain(others).collect()
}

fn template_errors() -> Vec<TemplateError> {
    let (line, template) = (3, name);
    let errors = every!(JinjaError {
        Syntax => JinjaError::Syntax { template: template(), line, reason: name() };
        Render => JinjaError::Render { template: template(), line, reason: name() };
        Unsupported => JinjaError::Unsupported { template: template(), line, reason: name() };
        Raised => JinjaError::Raised { template: template(), line, message: name() };
        Limit => JinjaError::Limit { template: template(), line, reason: "the template runs too long" };
        EmptyConversation => JinjaError::EmptyConversation;
        InvalidMessage => JinjaError::InvalidMessage { number: 1, kind: "a list" };
        InvalidList => JinjaError::InvalidList { what: "tools" };
    });
    errors.into_iter().map(TemplateError).collect()
}

fn id_faults() -> Vec<IdFault> {
    every!(IdFault {
        Character => IdFault::Character('\u{1b}');
        Edge => IdFault::Edge(name());
        Doubled => IdFault::Doubled(name());
        TooLong => IdFault::TooLong { longest: 96 };
        NoRevision => IdFault::NoRevision;
        RevisionCharacter => IdFault::RevisionCharacter('\u{7}');
        Revision => IdFault::Revision(name());
    })
}

fn refused_hints() -> Vec<RefusedHint> {
    every!(RefusedHint {
        SetToken => RefusedHint::SetToken { page: name() };
        CheckToken => RefusedHint::CheckToken { page: name() };
        AcceptLicence => RefusedHint::AcceptLicence { page: name() };
    })
}

fn download_faults() -> Vec<DownloadFault> {
    every!(DownloadFault {
        Said => DownloadFault::Said(name());
        Address => DownloadFault::Address { said: name(), endpoint: name() };
        Status => DownloadFault::Status { endpoint: name(), status: 500 };
        OtherAnswer => DownloadFault::OtherAnswer { endpoint: name() };
        Cache => DownloadFault::Cache(name());
    })
}

fn conversions() -> Vec<Conversion> {
    let forms = every!(VocabularyForm {
        SentencePiece => VocabularyForm::SentencePiece;
        Tiktoken => VocabularyForm::Tiktoken(name());
        Older => VocabularyForm::Older;
    });
    forms.into_iter().map(|form| Conversion { form, source: name() }).collect()
}

fn hub_errors() -> Vec<HubError> {
    let (id, revision, endpoint) = (name, name, name);
    let file = || Wanted::File(name());
    let no_json = |holds| HubError::NoTokenizerJson { id: id(), revision: revision(), holds };
    let refused = |hint| HubError::Refused {
        id: id(),
        revision: revision(),
        file: Wanted::Listing,
        endpoint: endpoint(),
        status: 403,
        hint: Box::new(hint),
    };
    let failed = |fault| HubError::Failed { id: id(), revision: revision(), file: file(), fault };
    let mut errors = every!(HubError {
        BadId => HubError::BadId { name: name(), fault: IdFault::NoRevision };
        Offline => HubError::Offline { id: id(), revision: revision(), file: file(), folder: NAME.into() };
        NoSuchModel => HubError::NoSuchModel { id: id(), endpoint: endpoint(), token: Token::Sent },
            HubError::NoSuchModel { id: id(), endpoint: endpoint(), token: Token::None };
        NoSuchRevision => HubError::NoSuchRevision { id: id(), revision: revision() };
        Refused => refused(RefusedHint::SetToken { page: name() });
        Unreachable => HubError::Unreachable {
            id: id(), revision: revision(), file: file(), endpoint: endpoint(), reason: name()
        };
        Failed => failed(DownloadFault::Said(name()));
        NoTokenizerJson => no_json(None);
        NoClient => HubError::NoClient { id: id(), revision: revision(), file: name(), folder: NAME.into() };
    });
    errors.extend(id_faults().into_iter().map(|fault| HubError::BadId { name: name(), fault }));
    errors.extend(refused_hints().into_iter().map(refused));
    errors.extend(download_faults().into_iter().map(failed));
    errors.extend(conversions().into_iter().map(|holds| no_json(Some(holds))));
    errors
}

fn tokenizer_errors() -> Vec<TokenizerError> {
    let forms = every!(FileForm {
        Tokenizer => FileForm::Tokenizer;
        Json => FileForm::Json;
        Utf8 => FileForm::Utf8;
    });
    let malformed = |form| TokenizerError::Malformed { path: NAME.into(), form, reason: name() };
    let no_json = |holds| TokenizerError::NoTokenizerJson { directory: NAME.into(), holds };
    let mut errors = every!(TokenizerError {
        NoSuchName => TokenizerError::NoSuchName {
            name: name(), nearest: Some("chatml"), embedded: vec!["minimind", "chatml"],
            hub: Box::new(HubError::NoSuchRevision { id: name(), revision: name() }),
        };
        Unknown => TokenizerError::Unknown { name: name(), embedded: vec!["minimind", "chatml"] };
        Hub => TokenizerError::Hub(Box::new(HubError::NoSuchRevision { id: name(), revision: name() }));
        NoTokenizerJson => no_json(None);
        Unreadable => TokenizerError::Unreadable { path: NAME.into(), reason: name() };
        Malformed => malformed(FileForm::Json);
        NoTemplate => TokenizerError::NoTemplate { name: name() };
        NoDefaultTemplate => TokenizerError::NoDefaultTemplate { name: name(), known: vec![name()] };
        NoSuchTemplate => TokenizerError::NoSuchTemplate { name: name(), asked: name(), known: vec![name()] };
        TooLarge => TokenizerError::TooLarge { path: NAME.into(), bytes: 9 << 30, longest: 256 };
        Prefix => TokenizerError::Prefix { path: NAME.into(), entry: name() };
        Panicked => TokenizerError::Panicked { reason: name() };
        Grows => TokenizerError::Grows { bytes: 9 << 20, allowed: 1 << 20 };
        Slow => TokenizerError::Slow { seconds: 5 };
        GivenUp => TokenizerError::GivenUp { texts: 3 };
        Encode => TokenizerError::Encode { reason: name() };
    });
    errors.extend(forms.into_iter().map(malformed));
    errors.extend(conversions().into_iter().map(|holds| no_json(Some(holds))));
    errors.extend(hub_errors().into_iter().map(TokenizerError::from));
    errors
}

fn policy_errors() -> Vec<PolicyError> {
    let values = every!(OptionValue {
        Once => OptionValue::Once;
        Switch => OptionValue::Switch;
        Number => OptionValue::Number { least: -1000, greatest: 1000 };
        Words => OptionValue::Words(vec![name()]);
        NotWith => OptionValue::NotWith { trainer: "LLaMA-Factory", other: "history=masked" };
    });
    let bad = |expected| PolicyError::BadValue { policy: name(), option: name(), value: name(), expected };
    let mut errors = every!(PolicyError {
        Unknown => PolicyError::Unknown { name: name(), nearest: Some("legacy"), known: vec!["legacy", "fixed"] },
            PolicyError::Unknown { name: name(), nearest: None, known: vec!["legacy"] };
        UnknownOption => PolicyError::UnknownOption { policy: name(), option: name(), meant: Some(name()), known: vec!["start"] },
            PolicyError::UnknownOption { policy: name(), option: name(), meant: None, known: Vec::new() };
        BadValue => bad(OptionValue::Once);
        Twice => PolicyError::Twice { name: name() };
        None => PolicyError::None;
    });
    errors.extend(values.into_iter().map(bad));
    errors
}

fn dataset_errors() -> Vec<DatasetError> {
    let path = || NAME.into();
    let hints = every!(FolderHint {
        Nothing => FolderHint::Nothing;
        Holds => FolderHint::Holds { files: vec![name()], more: 0 },
            FolderHint::Holds { files: vec![name()], more: 2 };
        NoSplits => FolderHint::NoSplits;
        NoFiles => FolderHint::NoFiles;
        ChosenRows => FolderHint::ChosenRows;
    });
    let refused = |error| DatasetError::Refused { file: name(), error: Box::new(error) };
    let mut errors = every!(DatasetError {
        NoPath => DatasetError::NoPath;
        Missing => DatasetError::Missing { path: path() };
        Folder => DatasetError::Folder { path: path(), hint: FolderHint::Nothing };
        Denied => DatasetError::Denied { path: path() };
        Empty => DatasetError::Empty { path: path() };
        StandardInputTwice => DatasetError::StandardInputTwice;
        Unreadable => DatasetError::Unreadable { path: path(), reason: name() };
        TooManyOpen => DatasetError::TooManyOpen { path: path(), reason: name() };
        Refused => refused(RecordError::Gone);
        Thread => DatasetError::Thread { reason: name() };
    });
    errors.extend(hints.into_iter().map(|hint| DatasetError::Folder { path: path(), hint }));
    errors.extend(record_errors().into_iter().map(refused));
    errors
}

fn encode_errors() -> Vec<EncodeError> {
    let message = || MessageName { at: 2, role: name() };
    let hints = every!(TemplateHint {
        NoTextBesideCalls => TemplateHint::NoTextBesideCalls(message());
        NoContent => TemplateHint::NoContent(message());
        Parts => TemplateHint::Parts(message());
        OtherContent => TemplateHint::OtherContent(message());
    });
    let template = |hint| EncodeError::Template { error: TemplateError(JinjaError::EmptyConversation), hint };
    let mut errors = every!(EncodeError {
        Record => EncodeError::Record(RecordError::Gone);
        NotAnObject => EncodeError::NotAnObject { found: Kind::List };
        LongRole => EncodeError::LongRole { message: 3, bytes: 300_000, most: 4096 };
        TooManyMessages => EncodeError::TooManyMessages { messages: 1_000_000, most: 100_000 };
        Format => EncodeError::Format(FormatError::Empty { key: "messages" });
        Template => template(None);
        NoText => EncodeError::NoText;
        Tokenizer => EncodeError::Tokenizer(TokenizerError::NoTemplate { name: name() });
        UnknownId => EncodeError::UnknownId { place: 1, id: 7000, tokenizer: name(), size: 6400 };
        TooLong => EncodeError::TooLong { bytes: 20 << 20, longest: 16 };
    });
    errors.extend(hints.into_iter().map(|hint| template(Some(hint))));
    errors.extend(record_errors().into_iter().map(EncodeError::from));
    errors.extend(format_errors().into_iter().map(EncodeError::from));
    errors
}

fn key_faults() -> Vec<KeyFault> {
    let types = every!(KeyType {
        Text => KeyType::Text;
        Truth => KeyType::Truth;
        Count => KeyType::Count;
        TextItem => KeyType::TextItem;
        Texts => KeyType::Texts;
        Mapping => KeyType::Mapping;
        Mappings => KeyType::Mappings;
        Padding => KeyType::Padding;
    });
    let wrong = |expected| KeyFault::Type { found: Kind::Number, expected };
    let mut faults = every!(KeyFault {
        Type => wrong(KeyType::Text);
        Zero => KeyFault::Zero;
        NoData => KeyFault::NoData;
        NoTemplate => KeyFault::NoTemplate;
        NoTrainersTemplate => KeyFault::NoTrainersTemplate { trainer: "ms-swift", known: vec!["qwen3", "llama3"] };
        DataNotHere => KeyFault::DataNotHere { data: name(), file: name() };
        Remote => KeyFault::Remote { place: name() };
        NotHere => KeyFault::NotHere { path: name() };
        NoInfo => KeyFault::NoInfo { folder: name(), file: "dataset_info.json" };
        NotListed => KeyFault::NotListed;
        NotTaken => KeyFault::NotTaken { value: name(), trainer: "axolotl", known: vec!["all", "none"] };
        StageNotShown => KeyFault::StageNotShown { stage: name() };
        TypeNotShown => KeyFault::TypeNotShown { name: None }, KeyFault::TypeNotShown { name: Some(name()) };
    });
    faults.extend(types.into_iter().map(wrong));
    faults
}

fn file_faults() -> Vec<FileFault> {
    let mut faults = every!(FileFault {
        Missing => FileFault::Missing;
        NoTemplate => FileFault::NoTemplate;
        NotFile => FileFault::NotFile;
        TooLong => FileFault::TooLong { longest: 4 };
        System => FileFault::System(name());
        NotUtf8 => FileFault::NotUtf8(name());
        NotYaml => FileFault::NotYaml(name());
        Empty => FileFault::Empty;
        NotMapping => FileFault::NotMapping(Kind::List);
        NoDataSet => FileFault::NoDataSet { key: "datasets" };
        LooksLike => FileFault::LooksLike { other: "--trl" };
        Key => FileFault::Key { key: name(), fault: KeyFault::Zero };
    });
    faults.extend(key_faults().into_iter().map(|fault| FileFault::Key { key: name(), fault }));
    faults
}

fn option_faults() -> Vec<OptionFault> {
    every!(OptionFault {
        Schema => OptionFault::Schema { name: name(), known: vec!["messages"] };
        Theme => OptionFault::Theme { name: name(), known: vec!["dark"] };
        View => OptionFault::View { name: name(), known: vec!["flow"] };
        NotJson => OptionFault::NotJson { reason: name() };
        NotObject => OptionFault::NotObject { found: Kind::List };
        NotTime => OptionFault::NotTime { text: name() };
        EmptyMarker => OptionFault::EmptyMarker;
        NothingCalled => OptionFault::NothingCalled { name: name(), likely: vec!["legacy"] };
        TooMuchPadding => OptionFault::TooMuchPadding { asked: name(), most: 9 };
        NotRecords => OptionFault::NotRecords { text: name() };
        Columns => OptionFault::Columns { pair: name(), known: vec!["messages", "content"] };
        OverInput => OptionFault::OverInput { input: name() };
        IsAudited => OptionFault::IsAudited { path: name() };
        NoText => OptionFault::NoText { format: "png" };
        SameOutput => OptionFault::SameOutput { path: name() };
        NoLines => OptionFault::NoLines { ending: name() };
        Exists => OptionFault::Exists { path: name().into() };
        NoFormat => OptionFault::NoFormat { ending: name(), known: vec!["svg"] };
        NotTwoPolicies => OptionFault::NotTwoPolicies { given: 1 }, OptionFault::NotTwoPolicies { given: 3 };
    })
}

fn report_faults() -> Vec<ReportFault> {
    let mismatches = every!(Mismatch {
        Head => Mismatch::Head { what: "policy", first: name(), other: name() };
        Twice => Mismatch::Twice("1/2".to_owned());
        Missing => Mismatch::Missing("1/2".to_owned());
        State => Mismatch::State(name());
    });
    let mut faults = every!(ReportFault {
        NoFile => ReportFault::NoFile;
        Unreadable => ReportFault::Unreadable(name());
        NotReport => ReportFault::NotReport(name());
        Version => ReportFault::Version { found: Some(9), known: 1 }, ReportFault::Version { found: None, known: 1 };
        Mismatch => ReportFault::Mismatch(Mismatch::Missing("1/2".to_owned()));
        OtherBaseline => ReportFault::OtherBaseline { what: "policy", before: name(), now: name() };
        BaselineOfPart => ReportFault::BaselineOfPart("1/2".to_owned());
    });
    faults.extend(mismatches.into_iter().map(ReportFault::Mismatch));
    faults
}

fn toml_faults() -> Vec<TomlFault> {
    let value = |why: Error| TomlFault::Value { key: name(), why: Box::new(why) };
    every!(TomlFault {
        System => TomlFault::System(name());
        NotFile => TomlFault::NotFile;
        TooLong => TomlFault::TooLong { longest: 256 };
        NotUtf8 => TomlFault::NotUtf8;
        NotToml => TomlFault::NotToml(name());
        Unknown => TomlFault::Unknown { key: name(), nearest: Some("policy"), known: vec!["policy"] };
        CommandLine => TomlFault::CommandLine { key: name() };
        Type => TomlFault::Type { key: name(), found: Kind::Date, expected: KeyType::Padding };
        Value => value(Error::Option { option: "--schema", fault: OptionFault::EmptyMarker }),
            value(Error::Filter(filter_errors().remove(0))), value(Error::Policy(PolicyError::None));
        Word => TomlFault::Word { key: name(), word: name(), known: vec!["error", "never"] };
        Outside => TomlFault::Outside { key: name(), path: name() };
        Absent => TomlFault::Absent { key: name(), path: name() };
        Look => TomlFault::Look { key: name(), look: name() };
        Keys => TomlFault::Keys { en: name(), zh: format!("这个按键已被占用：{}", name()) };
        NotCached => TomlFault::NotCached { id: name(), nearest: None },
            TomlFault::NotCached { id: name(), nearest: Some("minimind") };
    })
}

fn picture_faults() -> Vec<PictureFault> {
    every!(PictureFault {
        NotBuilt => PictureFault::NotBuilt;
        NoFont => PictureFault::NoFont;
        TooLarge => PictureFault::TooLarge { width: 6324, height: 12024 };
        Refused => PictureFault::Refused { said: name() };
    })
}

fn run_errors() -> Vec<Error> {
    let said = || std::io::Error::other(NAME);
    let file = |fault| Error::OptionFile { option: "--axolotl", path: NAME.into(), fault: Box::new(fault) };
    let option = |fault| Error::Option { option: "--schema", fault };
    let report = |fault| Error::Report { path: NAME.into(), fault: Box::new(fault) };
    let mut errors = every!(Error {
        Dataset => Error::Dataset(DatasetError::NoPath);
        Tokenizer => Error::Tokenizer(TokenizerError::NoTemplate { name: name() });
        Template => Error::Template(TemplateError(JinjaError::EmptyConversation));
        Policy => Error::Policy(PolicyError::None);
        Lint => Error::Lint(LintError::BadLevel { setting: name() }), Error::Lint(LintError::Unknown { name: name(), likely: vec![] });
        Filter => Error::Filter(filter_errors().remove(0));
        NothingHolds => Error::NothingHolds { files: name(), terms: name() };
        OptionFile => file(FileFault::Missing);
        Settings => Error::Settings { path: NAME.into(), line: None, fault: Box::new(TomlFault::NotUtf8) };
        TwoProjects => Error::TwoProjects { first: NAME.into(), other: NAME.into() };
        Option => option(OptionFault::EmptyMarker);
        NoSuchRecord => Error::NoSuchRecord { asked: 9, count: 3 };
        NoRecord => Error::NoRecord { files: name() };
        NothingRead => Error::NothingRead { files: name(), records: 3, place: name(), why: name() };
        LinesReplaced => Error::LinesReplaced { records: vec![1..=256, 513..=768] };
        Report => report(ReportFault::Unreadable(name()));
        NotDrawn => Error::NotDrawn(PictureFault::NoFont);
        NotWritten => Error::NotWritten { path: NAME.into(), fault: WriteFault::NoFolder(NAME.into()) },
            Error::NotWritten { path: NAME.into(), fault: WriteFault::NotFolder(NAME.into()) },
            Error::NotWritten { path: NAME.into(), fault: WriteFault::IsFolder },
            Error::NotWritten { path: NAME.into(), fault: WriteFault::Denied(NAME.into()) },
            Error::NotWritten { path: NAME.into(), fault: WriteFault::Full },
            Error::NotWritten { path: NAME.into(), fault: WriteFault::System(name()) };
        NoCommand => Error::NoCommand { name: name(), nearest: "audit".to_owned() };
        NoPipe => Error::NoPipe;
        Terminal => Error::Terminal(said());
        NotExported => Error::NotExported { place: name(), error: Box::new(EncodeError::NoText) };
        Gathered => Error::Gathered(said());
        Output => Error::Output(said());
    });
    let settings = |fault| Error::Settings { path: NAME.into(), line: Some(3), fault: Box::new(fault) };
    errors.extend(picture_faults().into_iter().map(Error::NotDrawn));
    errors.extend(toml_faults().into_iter().map(settings));
    errors.extend(report_faults().into_iter().map(report));
    errors.extend(filter_errors().into_iter().map(Error::from));
    errors.extend(dataset_errors().into_iter().map(Error::from));
    errors.extend(tokenizer_errors().into_iter().map(Error::from));
    errors.extend(template_errors().into_iter().map(Error::from));
    errors.extend(policy_errors().into_iter().map(Error::from));
    errors.extend(file_faults().into_iter().map(file));
    errors.extend(option_faults().into_iter().map(option));
    errors
}

fn check(said: &impl Say) {
    let [english, chinese] = [Language::English, Language::Chinese].map(|language| language.say(said));
    for sentence in [&english, &chinese] {
        assert!(!sentence.trim().is_empty());
        assert!(!sentence.chars().any(|c| visible::is_hidden(c) || c == '\n'), "{sentence:?}");
        assert!(!sentence.contains("  ") && !sentence.contains(" ；") && !sentence.contains("，，"), "{sentence:?}");
    }
    let is_chinese = |character: char| ('\u{4E00}'..='\u{9FFF}').contains(&character);
    assert!(!english.chars().any(is_chinese), "{english:?}");
    assert!(chinese.chars().filter(|character| is_chinese(*character)).count() > 3, "{chinese:?}");
}

#[test]
fn every_error_is_said_in_every_language() {
    let (run, records) = (run_errors(), encode_errors());
    assert!(run.len() > 150 && records.len() > 80, "{} and {}", run.len(), records.len());
    run.iter().for_each(check);
    records.iter().for_each(check);
}
