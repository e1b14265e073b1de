//! Work of operators and workers over everything below: the proof of the books, the recurring tasks and the
//! jobs of a worker, the effects of deadlines that pass, and the clock of a demonstration.

pub mod deadline;
pub mod demo_clock;
pub mod task;
mod timetable;
pub mod verify;
pub mod work;
