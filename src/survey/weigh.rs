//! What results take up while they wait to be taken.

/// A result of work on a record. One that waits for an earlier record counts towards the limit of memory.
pub trait Weigh {
    /// Bytes that it holds on the heap, where those can be many; zero for figures, whose number is limited anyway.
    fn weight(&self) -> usize {
        0
    }
}

impl Weigh for () {}

impl Weigh for bool {}

impl Weigh for usize {}

impl Weigh for u8 {}

impl<T: Weigh> Weigh for Vec<T> {
    fn weight(&self) -> usize {
        self.capacity() * size_of::<T>() + self.iter().map(Weigh::weight).sum::<usize>()
    }
}

impl<T: Weigh> Weigh for Option<T> {
    fn weight(&self) -> usize {
        self.as_ref().map_or(0, Weigh::weight)
    }
}

impl<T: Weigh, E> Weigh for Result<T, E> {
    fn weight(&self) -> usize {
        self.as_ref().map_or(0, Weigh::weight)
    }
}
