//! Ids by a second engine that is many times faster than the reference, and is trusted only as long as it agrees with it.
//!
//! `fastokens` gives ids and nothing else. It is made from the reference's own serialised form, so that added tokens and
//! settings are the same, and it is compared with the reference while it works: on the first texts and on every
//! thousandth after them. At the first difference, panic or error the reference takes over for good, and [`Fast::doubt`]
//! says so to whoever has counted ids until then.

use super::{EncodedText, QuickText, SpecialTokens};
use crate::error::TokenizerError;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// The first texts, each of which is compared with the reference.
const COMPARED_AT_FIRST: u64 = 200;

/// After them, one text out of so many is compared.
const COMPARED_EVERY: u64 = 1000;

/// Bytes of text that the reference tokenizes before the engine is loaded, for each entry of the vocabulary: loading takes
/// the longer the larger the vocabulary is. A file of a few hundred records thus never pays for it.
const BYTES_BEFORE: u64 = 8;

/// Where the fast engine and the reference disagreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The first token that differs, counted from 0.
    pub token: usize,
    /// The fast engine's id there; `None` where its ids end before, or where it failed.
    pub fast: Option<u32>,
    /// The reference's id there; `None` where its ids end before.
    pub reference: Option<u32>,
}

/// The fast engine: not asked for, being loaded, at work, or given up. Clones share it.
#[derive(Clone, Default)]
pub(super) struct Fast(Arc<Shared>);

#[derive(Default)]
struct Shared {
    /// Bytes that the reference has tokenized while the engine was not asked for.
    bytes: AtomicU64,
    asked_for: OnceLock<()>,
    /// `None` inside for a tokenizer that the engine cannot take.
    engine: OnceLock<Option<fastokens::Tokenizer>>,
    texts: AtomicU64,
    doubt: OnceLock<Doubt>,
}

impl Fast {
    /// For a tokenizer that it is not to be tried with.
    pub(super) fn never() -> Self {
        let never = Self::default();
        let _ = never.0.asked_for.set(());
        let _ = never.0.engine.set(None);
        never
    }

    /// Counts a text, and loads the engine once there were enough of them.
    pub(super) fn load_after(&self, bytes: usize, reference: &Arc<tokenizers::Tokenizer>) {
        if self.0.asked_for.get().is_some() {
            return;
        }
        let before = self.0.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        if before >= BYTES_BEFORE * reference.get_vocab_size(true) as u64 {
            self.load(reference);
        }
    }

    /// Loads the engine in a thread, once; until it is there, the reference works alone.
    fn load(&self, reference: &Arc<tokenizers::Tokenizer>) {
        if self.0.asked_for.set(()).is_err() || !is_supported(reference) {
            return;
        }
        let (shared, reference) = (Arc::clone(&self.0), Arc::clone(reference));
        std::thread::spawn(move || {
            let loaded = catch_unwind(AssertUnwindSafe(|| made_from(&reference))).ok().flatten();
            // Set by this thread alone.
            let _ = shared.engine.set(loaded);
        });
    }

    /// Loads the engine at once; false where the tokenizer is one that it cannot take.
    pub(super) fn load_now(&self, reference: &tokenizers::Tokenizer) -> bool {
        let _ = self.0.asked_for.set(());
        let made = || if is_supported(reference) { made_from(reference) } else { None };
        self.0.engine.get_or_init(|| catch_unwind(AssertUnwindSafe(made)).ok().flatten()).is_some()
    }

    /// Whether the engine is there.
    pub(super) fn is_loaded(&self) -> bool {
        self.0.engine.get().is_some_and(Option::is_some)
    }

    /// Where the engine was found to disagree with the reference, if it was.
    pub(super) fn doubt(&self) -> Option<&Doubt> {
        self.0.doubt.get()
    }

    /// The ids of a text, if the engine is there and trusted; `reference` gives the true ones where they are compared.
    pub(super) fn ids(
        &self,
        text: &str,
        special: SpecialTokens,
        splits_special_tokens: bool,
        reference: impl Fn() -> Result<EncodedText, TokenizerError>,
    ) -> Option<Result<QuickText, TokenizerError>> {
        let engine = self.0.engine.get()?.as_ref()?;
        if self.doubt().is_some() {
            return None;
        }
        let policy = if splits_special_tokens {
            fastokens::AddedTokenPolicy::SkipSpecial
        } else {
            fastokens::AddedTokenPolicy::All
        };
        let encode = || engine.encode_with_policy(text, special == SpecialTokens::Added, policy);
        let fast = catch_unwind(AssertUnwindSafe(encode)).ok().and_then(Result::ok);
        let count = self.0.texts.fetch_add(1, Ordering::Relaxed);
        let is_compared = count < COMPARED_AT_FIRST || count.is_multiple_of(COMPARED_EVERY);
        match fast {
            Some(ids) if !is_compared => Some(Ok(QuickText { ids, ranges: None })),
            fast => {
                let reference = reference();
                if let Ok(reference) = &reference {
                    self.compare(fast.as_deref(), &reference.ids);
                }
                Some(reference.map(QuickText::from))
            }
        }
    }

    /// Notes the first difference.
    pub(super) fn compare(&self, fast: Option<&[u32]>, reference: &[u32]) {
        let ids = fast.unwrap_or_default();
        if fast.is_some() && ids == reference {
            return;
        }
        let token = ids.iter().zip(reference).take_while(|(fast, reference)| fast == reference).count();
        let at = |ids: &[u32]| ids.get(token).copied();
        let _ = self.0.doubt.set(Doubt { token, fast: at(ids), reference: at(reference) });
    }
}

/// Byte-pair encoding without dropout; the other models stay with the reference.
fn is_supported(reference: &tokenizers::Tokenizer) -> bool {
    matches!(reference.get_model(), tokenizers::ModelWrapper::BPE(model) if model.dropout.is_none())
}

fn made_from(reference: &tokenizers::Tokenizer) -> Option<fastokens::Tokenizer> {
    let json = serde_json::to_value(reference).ok()?;
    fastokens::Tokenizer::from_json(json).ok()
}
