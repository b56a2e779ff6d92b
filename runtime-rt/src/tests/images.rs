//! Images: a good one loads, a damaged one is refused and never faults.

use super::collector::Random;
use crate::testing::{image_bytes, load_image, machine};
use crate::{ImageError, Options};

#[test]
fn cut_off_images_are_refused() {
    let image = image_bytes(&[&["x", "y"]]);
    for len in (0..image.len()).step_by(64) {
        assert!(load_image(&image[..len], 4096, Options::default()).is_err(), "{len}");
    }
}

#[test]
fn shapes_are_checked() {
    let twice = image_bytes(&[&["x", "x"]]);
    assert_eq!(load_image(&twice, 8192, Options::default()).err(), Some(ImageError::Shape));
}

#[test]
fn damaged_images_do_not_fault() {
    let good = image_bytes(&[&["x", "y"], &["name", "value"]]);
    let mut random = Random(99);
    let (mut accepted, mut refused) = (0, 0);
    // One mapping for all, so that thousands of rounds are cheap.
    let memory = crate::testing::low_memory(good.len());
    let count = jerboa_abi::builtins::NATIVES.len() as u32;
    for _ in 0..4000 {
        memory.copy_from_slice(&good);
        for _ in 0..1 + random.below(3) {
            let at = random.below(good.len() as u32) as usize;
            memory[at] = match random.below(3) {
                0 => memory[at] ^ 1 << random.below(8),
                1 => 0xff,
                _ => random.below(256) as u8,
            };
        }
        match crate::image::check(memory, count) {
            Ok(_) => accepted += 1,
            Err(_) => refused += 1,
        }
    }
    assert!(accepted > 100 && refused > 100, "{accepted} {refused}");
}

#[test]
fn well_known_names_are_found() {
    let mut vm = machine(8192);
    let length = vm.well_known(crate::property::name::LENGTH).unwrap().word();
    assert!(vm.is_name(length, crate::property::name::LENGTH));
    assert!(!vm.is_name(length, crate::property::name::NAME));
}
