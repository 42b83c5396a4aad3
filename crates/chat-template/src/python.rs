//! Python's behaviour, as far as a template can see it: operators, printing, attributes, methods.

pub(crate) mod access;
pub(crate) mod compare;
pub(crate) mod format;
pub(crate) mod json;
pub(crate) mod methods;
pub(crate) mod numbers;
pub(crate) mod operators;
pub(crate) mod pretty;
pub(crate) mod repr;
pub(crate) mod strings;
pub(crate) mod unicode;
