//! What the clocks that still run show by where a record stands is what its history gives.

use super::{
    super::explain::{PendingClock, running},
    *,
};

/// Held against the history, which is gone through from its beginning.
fn held_against_history(record: &Record, now: Timestamp, most: u32) {
    let calendar = calendar();
    let seen = running(&record.status, now, 75, most, &calendar);
    let mut whole = explain(record, now, 75, &calendar);
    whole.retain(|clock| clock.reading.stopped_at.is_none());
    assert_eq!(seen.len(), whole.len(), "at {now}");
    for (PendingClock { reading, whole, used, standing }, by_history) in seen.iter().zip(&whole) {
        let due = |reading: &Reading| (reading.clock, reading.start, reading.due, reading.paused);
        assert_eq!(due(reading), due(&by_history.reading), "at {now}");
        assert_eq!((*standing, *whole), (by_history.standing, by_history.whole), "at {now}");
        let per_cent = |used: i64| used.saturating_mul(100).checked_div(*whole).unwrap_or_default();
        let capped = per_cent(by_history.used).min(most.into());
        assert_eq!(per_cent(*used).min(most.into()), capped, "at {now}: {reading:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn clocks_read_from_the_status_agree_with_the_history(
        steps in 0_usize..6,
        minute in 0_i64..20_000,
        most in 0_u32..300,
        working: bool,
    ) {
        let limits = if working { ["30wm", "4wh", "3wd"] } else { ["30m", "1h", "24h"] };
        let mut record = fault_within(limits);
        let moves: [fn(&Record) -> Record; 5] = [
            |r| acknowledged(r, "09:05"),
            |r| at_work(r, "09:10", "2026-11-24T09:50"),
            |r| paused(r, "10:00", "2026-11-25T12:00"),
            |r| resumed(r, "11:00"),
            |r| extended(r, "14:00", "2026-11-27T10:00"),
        ];
        for step in &moves[..steps.min(moves.len())] {
            record = step(&record);
        }
        let last = record.status.times.last_at;
        held_against_history(&record, last.max(later(minute)), most);
    }
}
