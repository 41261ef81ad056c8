//! Percentiles are within 1 % or 1 ms of those of the rows.

use proptest::collection::vec;
use proptest::prelude::*;
use timeline::{Sketch, floor_of};

use crate::naive::{assert_sketch_of, close, percentile};

fn sketch_of(values: &[i64]) -> Sketch {
    let mut sketch = Sketch::default();
    for ms in values {
        sketch.add(*ms);
    }
    sketch
}

/// Latencies of every size: exact ones, ordinary ones, hours.
fn latencies() -> impl Strategy<Value = Vec<i64>> {
    let one = prop_oneof![
        0_i64..130,
        100_i64..20_000,
        (0_u32..31).prop_flat_map(|bits| (1_i64 << bits)..(2_i64 << bits)),
    ];
    vec(one.prop_map(|ms| ms.min(i64::from(i32::MAX))), 0..200)
}

#[test]
fn nothing_has_no_percentile() {
    let sketch = Sketch::default();
    assert_eq!(sketch.quantile(0.5), None);
    assert!(sketch.is_empty());
    assert_eq!(sketch_of(&[-1]), sketch, "a negative latency is none");
    assert_eq!(sketch_of(&[1]).quantile(f64::NAN), None);
}

#[test]
fn below_128_ms_percentiles_are_exact() {
    let sketch = sketch_of(&[20, 40]);
    assert_eq!(sketch.quantile(0.5), Some(30.0));
    assert_eq!(sketch.quantile(0.95), Some(39.0));
    assert_eq!(sketch.quantile(-1.0), Some(20.0));
    assert_eq!(sketch.quantile(7.0), Some(40.0));
}

#[test]
fn values_beyond_24_days_count_as_24_days() {
    let sketch = sketch_of(&[i64::MAX, i64::from(i32::MAX), i64::from(i32::MAX) + 1]);
    assert_eq!(sketch.count(), 3);
    assert!(close(sketch.quantile(0.5), Some(f64::from(i32::MAX))));
    assert_eq!(floor_of(i64::MAX), floor_of(i64::from(i32::MAX)));
}

#[test]
fn tens_of_millions_of_equal_latencies_are_all_counted() {
    let mut sketch = sketch_of(&[5, 300, 300]);
    for _ in 0..25 {
        sketch.merge(&sketch.clone());
    }
    assert_eq!(sketch.count(), 3 << 25);
    assert_eq!(sketch.quantile(0.0), Some(5.0));
    assert_eq!(sketch.quantile(0.33), Some(5.0));
    assert!(close(sketch.quantile(0.34), Some(300.0)));
    sketch.add(300);
    sketch.add(5);
    assert_eq!(sketch.count(), (3 << 25) + 2);
}

#[test]
fn a_count_that_has_just_filled_its_word_goes_on_in_another() {
    let (mut sketch, mut power) = (Sketch::default(), sketch_of(&[300]));
    for _ in 0..21 {
        sketch.merge(&power);
        power.merge(&power.clone());
    }
    assert_eq!(sketch.count(), (1 << 21) - 1);
    sketch.add(300);
    assert_eq!(sketch, power, "2^21 rows, however they were counted");
    sketch.add(299);
    assert_eq!(sketch.count(), (1 << 21) + 1);
    assert_eq!(floor_of(299), floor_of(300) - 4);
}

#[test]
fn buckets_follow_one_another_and_are_at_most_a_64th_wide() {
    let mut previous = -1;
    for ms in (0..5_000).chain((5_000..3_000_000).step_by(37)) {
        let floor = floor_of(ms);
        assert!(
            floor <= ms && floor >= previous && floor_of(floor) == floor,
            "{ms}: {floor}"
        );
        assert!(
            ms < 128 && floor == ms || (ms - floor) * 64 < floor,
            "{ms}: {floor}"
        );
        previous = floor;
    }
    assert_eq!(floor_of(-3), 0);
    assert_eq!(floor_of(255), 254);
    assert_eq!(floor_of(256), 256);
    assert_eq!(floor_of(259), 256);
}

proptest! {
    #[test]
    fn percentiles_are_close_to_those_of_the_rows(values in latencies(), q in 0.0..=1.0_f64) {
        let sketch = sketch_of(&values);
        assert_sketch_of(&sketch, &values);
        prop_assert!(close(sketch.quantile(q), percentile(&values, q)));
    }

    #[test]
    fn merging_is_adding_all(one in latencies(), two in latencies()) {
        let mut merged = sketch_of(&one);
        merged.merge(&sketch_of(&two));
        let mut all = two.clone();
        all.extend(&one);
        prop_assert_eq!(merged, sketch_of(&all));
    }

    #[test]
    fn grouping_by_the_floor_gives_the_same_sketch(values in latencies()) {
        let floors: Vec<i64> = values.iter().map(|ms| floor_of(*ms)).collect();
        prop_assert_eq!(sketch_of(&floors), sketch_of(&values));
    }
}
