use super::*;
use crate::dataset::{Dataset, Sieve, Sifted};
use std::collections::BTreeSet;
use std::io::Write;
use std::sync::Condvar;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

/// More than any of these tests needs; one that hangs fails.
const LONG: Duration = Duration::from_secs(20);

/// Records `{"a": 0}`, `{"a": 1}` and so on, from a file.
fn numbers(count: usize) -> Dataset {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    for number in 0..count {
        writeln!(file, "{{\"a\": {number}}}").unwrap();
    }
    file.flush().unwrap();
    Dataset::open(&[file.path().to_owned()]).unwrap()
}

/// A data set that grows as the writer is written to.
fn growing() -> (Dataset, std::io::PipeWriter) {
    let (reader, writer) = std::io::pipe().unwrap();
    (Dataset::from_reader("-", reader).unwrap(), writer)
}

fn number(raw: RawRecord) -> usize {
    raw.parse().value.unwrap()["a"].as_u64().unwrap() as usize
}

/// The numbers in the order in which they are taken, each with its position.
fn walked(survey: Survey) -> (Vec<usize>, Ending<()>) {
    let mut taken = Vec::new();
    let ending = survey.run(&Control::new(), number, |position, number| {
        assert_eq!(position, number);
        taken.push(number);
        ControlFlow::Continue(())
    });
    (taken, ending)
}

#[test]
fn results_are_taken_in_order_on_any_number_of_threads() {
    let dataset = numbers(2000);
    for threads in [1, 2, 7] {
        let uneven = |raw: RawRecord| {
            let number = number(raw);
            if number.is_multiple_of(97) {
                std::thread::sleep(Duration::from_millis(2));
            }
            number
        };
        let mut taken = Vec::new();
        let ending: Ending<()> =
            Survey::over(&dataset).threads(threads).run(&Control::new(), uneven, |position, number| {
                taken.push((position, number));
                ControlFlow::Continue(())
            });
        assert_eq!(ending, Ending::Complete);
        assert!(taken.iter().copied().eq((0..2000).map(|at| (at, at))), "{threads}");
    }
}

#[test]
fn ranges_and_lists_both_ways() {
    let dataset = numbers(40);
    let survey = || Survey::over(&dataset);
    assert_eq!(walked(survey().records(35..)), ((35..40).collect(), Ending::Complete));
    assert_eq!(walked(survey().records(..=2)), ((0..3).collect(), Ending::Complete));
    assert_eq!(walked(survey().records(38..1000)), (vec![38, 39], Ending::Complete));
    assert_eq!(walked(survey().records(50..60)), (vec![], Ending::Complete));
    assert_eq!(walked(survey().records(7..7)), (vec![], Ending::Complete));
    assert_eq!(walked(survey().records(..=3).backward()), (vec![3, 2, 1, 0], Ending::Complete));
    assert_eq!(walked(survey().backward()), ((0..40).rev().collect(), Ending::Complete));
    let list = [7..8, 30..32, 7..8, 0..20, 20..21];
    let forward: Vec<usize> = list.iter().cloned().flatten().collect();
    assert_eq!(walked(survey().listed(list.clone())), (forward.clone(), Ending::Complete));
    let backward = forward.into_iter().rev().collect();
    assert_eq!(walked(survey().listed(list).backward()), (backward, Ending::Complete));
    assert_eq!(walked(survey().listed([])), (vec![], Ending::Complete));
}

#[test]
fn neighbours_in_a_list_are_read_as_a_run_and_each_can_be_missing() {
    let dataset = numbers(40);
    let singles = |numbers: Range<usize>| numbers.map(|number| number..number + 1);
    let survey = || Survey::over(&dataset);
    assert_eq!(walked(survey().listed(singles(0..40))), ((0..40).collect(), Ending::Complete));
    let missing = Ending::Missing { asked: 40, count: 40 };
    assert_eq!(walked(survey().listed(singles(3..60))), ((3..40).collect(), missing));
    assert_eq!(walked(survey().listed([38..39, 39..50, 40..41, 0..1])), (vec![38, 39], missing));
    assert_eq!(walked(survey().listed(std::iter::once(38..50))), (vec![38, 39], Ending::Complete));
    assert_eq!(walked(survey().listed([0..1, 40..41]).backward()), (vec![], missing));
}

#[test]
fn a_long_record_keeps_one_thread_busy_and_no_other() {
    let dataset = numbers(1000);
    let (others, all_done) = (Mutex::new(0), Condvar::new());
    let waits_for_the_others = |raw: RawRecord| {
        let number = number(raw);
        if number > 0 {
            *others.lock().unwrap() += 1;
            all_done.notify_all();
            return true;
        }
        let waited = all_done.wait_timeout_while(others.lock().unwrap(), LONG, |others| *others < 999);
        !waited.unwrap().1.timed_out()
    };
    let mut first = None;
    let ending: Ending<()> =
        Survey::over(&dataset).threads(2).run(&Control::new(), waits_for_the_others, |_, others_went_on| {
            first.get_or_insert(others_went_on);
            ControlFlow::Continue(())
        });
    assert_eq!((ending, first), (Ending::Complete, Some(true)));
}

/// How many records are begun while the first result is being taken, when nothing more is begun for a while.
fn begun_ahead(survey: Survey, result: impl Fn() -> Vec<u8> + Sync) -> usize {
    let begun = AtomicUsize::new(0);
    let work = |_raw: RawRecord| {
        begun.fetch_add(1, Ordering::SeqCst);
        result()
    };
    let ending = survey.threads(3).run(&Control::new(), work, |_, _| {
        let mut before = 0;
        loop {
            std::thread::sleep(Duration::from_millis(100));
            let now = begun.load(Ordering::SeqCst);
            if now == before {
                return ControlFlow::Break(now);
            }
            before = now;
        }
    });
    let Ending::Stopped(ahead) = ending else { panic!("{ending:?}") };
    ahead
}

#[test]
fn a_slow_taker_holds_the_readers_back() {
    let dataset = numbers(5000);
    let window = |records, bytes| Survey::over(&dataset).window(Window { records, bytes });
    // The record that is being taken has left the window.
    assert_eq!(begun_ahead(window(10, usize::MAX), Vec::new), 11);
    let ahead = begun_ahead(window(usize::MAX, 100_000), || vec![0; 10_000]);
    assert!((10..=14).contains(&ahead), "{ahead} results of 10,000 bytes where 100,000 are allowed");
    assert_eq!(begun_ahead(window(usize::MAX, 0), || vec![0; 10]), 2, "one at a time where nothing is allowed");
}

#[test]
fn a_result_ends_the_walk() {
    let dataset = numbers(10_000);
    let begun = AtomicUsize::new(0);
    let mut taken = 0;
    let work = |raw| {
        begun.fetch_add(1, Ordering::SeqCst);
        number(raw)
    };
    let survey = Survey::over(&dataset).threads(2).window(Window { records: 50, ..Window::default() });
    let ending = survey.run(&Control::new(), work, |_, number| {
        taken += 1;
        if number == 20 { ControlFlow::Break(number) } else { ControlFlow::Continue(()) }
    });
    assert_eq!((ending, taken), (Ending::Stopped(20), 21));
    assert!(begun.load(Ordering::SeqCst) <= 71);
}

#[test]
fn cancelling_is_noticed_within_a_record() {
    let dataset = numbers(10_000);
    let (cancelled, begun) = (AtomicBool::new(false), AtomicUsize::new(0));
    let control = Control::new().cancelled_when(|| cancelled.load(Ordering::SeqCst));
    let work = |raw| {
        if number(raw) == 5 {
            cancelled.store(true, Ordering::SeqCst);
        }
        begun.fetch_add(1, Ordering::SeqCst);
    };
    let ending: Ending<()> = Survey::over(&dataset).threads(1).run(&control, work, |_, ()| ControlFlow::Continue(()));
    assert_eq!((ending, begun.load(Ordering::SeqCst)), (Ending::Cancelled, 6));
}

#[test]
fn cancelling_ends_the_wait_for_a_pipe() {
    for backward in [false, true] {
        let (dataset, mut writer) = growing();
        writer.write_all(b"{\"a\": 0}\n").unwrap();
        let (started, taken) = (Instant::now(), AtomicUsize::new(0));
        let expected = usize::from(!backward);
        // A busy machine may need longer than that for the first record.
        let has_waited = || started.elapsed() > Duration::from_millis(50) && taken.load(Ordering::SeqCst) >= expected;
        let control = Control::new().cancelled_when(has_waited);
        let survey = Survey::over(&dataset);
        let survey = if backward { survey.backward() } else { survey };
        let ending: Ending<()> = survey.run(&control, number, |_, _| {
            taken.fetch_add(1, Ordering::SeqCst);
            ControlFlow::Continue(())
        });
        assert_eq!(ending, Ending::Cancelled);
        assert_eq!(taken.load(Ordering::SeqCst), expected, "the last record of an open pipe is not known");
        assert!(started.elapsed() < LONG);
    }
}

#[test]
fn records_of_a_pipe_are_taken_as_they_come() {
    let (dataset, mut writer) = growing();
    let control = Control::new();
    writer.write_all(b"{\"a\": 0}\n").unwrap();
    let mut writer = Some(writer);
    let mut totals = Vec::new();
    let ending: Ending<()> = Survey::over(&dataset).threads(2).run(&control, number, |_, taken| {
        totals.push(control.progress().total);
        // The next is written when this one was taken: a walk that read ahead of its results would wait for ever.
        if taken < 4 {
            writeln!(writer.as_mut().unwrap(), "{{\"a\": {}}}", taken + 1).unwrap();
        } else {
            writer = None;
            assert_eq!(dataset.count(), 5);
        }
        ControlFlow::Continue(())
    });
    assert_eq!((ending, totals), (Ending::Complete, vec![None; 5]));
    assert_eq!(walked(Survey::over(&dataset).backward()), ((0..5).rev().collect(), Ending::Complete));
}

#[test]
fn progress_is_figures() {
    let dataset = numbers(100);
    assert_eq!(dataset.count(), 100);
    let control = Control::new();
    let mut figures = Vec::new();
    let survey = Survey::over(&dataset).records(..20);
    let ending: Ending<()> = survey.run(&control, number, |_, _| {
        figures.push(control.progress());
        ControlFlow::Continue(())
    });
    assert_eq!(ending, Ending::Complete);
    assert_eq!(figures[0], Progress { done: 1, total: Some(20), bytes: 8 });
    assert_eq!(figures[19], Progress { done: 20, total: Some(20), bytes: 10 * 8 + 10 * 9 });
    assert_eq!(control.progress(), figures[19]);
}

#[test]
fn what_is_more_urgent_goes_first() {
    let dataset = numbers(1000);
    let (urgent, begun) = (AtomicBool::new(false), Mutex::new(BTreeSet::new()));
    let control = Control::new().gives_way_while(|| urgent.load(Ordering::SeqCst));
    let work = |raw| {
        let number = number(raw);
        if number == 3 {
            urgent.store(true, Ordering::SeqCst);
        }
        begun.lock().unwrap().insert(number);
    };
    let mut meanwhile = 0;
    let ending: Ending<()> = Survey::over(&dataset).threads(1).run(&control, work, |position, ()| {
        if position == 3 {
            std::thread::sleep(Duration::from_millis(100));
            meanwhile = begun.lock().unwrap().len();
            urgent.store(false, Ordering::SeqCst);
        }
        ControlFlow::Continue(())
    });
    assert_eq!((ending, meanwhile, begun.into_inner().unwrap().len()), (Ending::Complete, 4, 1000));
}

#[test]
fn a_panic_of_the_work_reaches_the_caller() {
    let dataset = numbers(100);
    let taken = AtomicUsize::new(0);
    let walk = AssertUnwindSafe(|| {
        let work = |raw| assert!(number(raw) != 30, "a record that nobody expected");
        let ending: Ending<()> = Survey::over(&dataset).run(&Control::new(), work, |_, ()| {
            taken.fetch_add(1, Ordering::SeqCst);
            ControlFlow::Continue(())
        });
        ending
    });
    assert!(catch_unwind(walk).is_err());
    assert_eq!(taken.into_inner(), 30, "what stands before it was taken");
}

#[test]
fn what_a_sieve_does_not_keep_is_taken_in_stretches() {
    let dataset = numbers(200_000);
    let ends_in_777 = Sieve::new(regex::bytes::Regex::new(r"777}").unwrap(), Sifted::Json);
    for (threads, survey) in [
        (1, Survey::over(&dataset)),
        (3, Survey::over(&dataset).records(500..150_000)),
        (2, Survey::over(&dataset).records(100..2000).backward()),
        (2, Survey::over(&dataset).listed([7..8, 776..779, 1000..30_000])),
    ] {
        let (mut plain, mut positions) = (Vec::new(), Vec::new());
        let work = |raw: RawRecord| Some(number(raw)).filter(|number| number % 1000 == 777);
        let control = Control::new();
        let ending: Ending<()> = survey.clone().threads(threads).run(&control, work, |position, found| {
            plain.extend(found.map(|number| (position, number)));
            positions.push(position);
            ControlFlow::Continue(())
        });
        assert_eq!(ending, Ending::Complete);
        let (mut sifted, mut at, mut taken) = (Vec::new(), 0, 0);
        let again = Control::new();
        let sifting = (Some(&ends_in_777), (|| None) as fn() -> _);
        let ending: Ending<()> = survey.threads(threads).run_sifted(&again, sifting, work, |position, found| {
            sifted.extend(found.map(|number| (position, number)));
            // In the order of the walk, and where records are passed over, the last of them.
            at += positions[at..].iter().position(|known| *known == position).expect("it comes later") + 1;
            taken += 1;
            ControlFlow::Continue(())
        });
        assert_eq!((ending, at), (Ending::Complete, positions.len()));
        assert_eq!(sifted, plain);
        assert_eq!(again.progress().done, control.progress().done);
        assert!(taken < plain.len() * 4 + 20 || positions.is_sorted_by(|one, next| one > next), "{taken}");
    }
}
