//! What operators and workers run over everything below: the proof of the books, the turns of a worker, what
//! follows when a deadline passes, and the clock of a demonstration.

pub mod deadline;
pub mod demo_clock;
pub mod verify;
pub mod work;
