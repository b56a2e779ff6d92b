//! Parallel moves: what a block's parameters get on an edge, or a window from its operands.
use super::regalloc::Location;
use super::select::Constant;
use jerboa_ir::Type;

/// Where a moved value comes from.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Source {
    Place(Location),
    Constant(Constant),
}

/// One of several moves that happen at once.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Move {
    pub(super) to: Location,
    pub(super) from: Source,
    pub(super) ty: Type,
}

/// Orders the moves so that none overwrites what another still reads. `temporary` gives a fresh place for a value of a
/// type when there is a cycle.
pub(super) fn sequence(moves: &[Move], mut temporary: impl FnMut(Type) -> Location) -> Vec<Move> {
    let mut pending: Vec<Move> = moves.iter().copied().filter(|m| m.from != Source::Place(m.to)).collect();
    let mut ordered = Vec::with_capacity(pending.len());
    // Constants read nothing, so they come last.
    while let Some(stuck) = pending.iter().position(|m| matches!(m.from, Source::Place(_))) {
        let free = (0..pending.len()).find(|i| {
            matches!(pending[*i].from, Source::Place(_))
                && pending.iter().enumerate().all(|(k, other)| {
                    k == *i
                        || match other.from {
                            Source::Place(from) => {
                                !overlap((pending[*i].to, pending[*i].ty), (from, other.ty))
                            }
                            Source::Constant(_) => true,
                        }
                })
        });
        match free {
            Some(i) => ordered.push(pending.remove(i)),
            None => {
                let held = temporary(pending[stuck].ty);
                ordered.push(Move { to: held, ..pending[stuck] });
                pending[stuck].from = Source::Place(held);
            }
        }
    }
    ordered.extend(pending);
    ordered
}

fn overlap(a: (Location, Type), b: (Location, Type)) -> bool {
    let span = |(location, ty): (Location, Type)| {
        let (file, first) = match location {
            Location::Tagged(r) => (0, r),
            Location::Window(w) => (1, w),
            Location::Raw(r) => (2, r),
            Location::RawParam(r) => (3, r),
        };
        (file, first, first + super::select::words(ty))
    };
    let ((file_a, start_a, end_a), (file_b, start_b, end_b)) = (span(a), span(b));
    file_a == file_b && start_a < end_b && start_b < end_a
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    fn run(moves: &[Move]) -> HashMap<Location, Location> {
        let mut content: HashMap<Location, Location> = HashMap::new();
        let mut next = 100;
        for m in sequence(moves, |_| {
            next += 1;
            Location::Tagged(next)
        }) {
            let Source::Place(from) = m.from else { continue };
            let value = content.get(&from).copied().unwrap_or(from);
            content.insert(m.to, value);
        }
        content
    }

    #[test]
    fn all_permutations_of_four() {
        for code in 0..256u16 {
            let moves: Vec<Move> = (0..4)
                .map(|i| Move {
                    to: Location::Tagged(i),
                    from: Source::Place(Location::Tagged((code >> (2 * i)) & 3)),
                    ty: Type::Val,
                })
                .collect();
            let content = run(&moves);
            for m in &moves {
                let Source::Place(from) = m.from else { unreachable!() };
                assert_eq!(content.get(&m.to).copied().unwrap_or(m.to), from);
            }
        }
    }

    #[test]
    fn halves_of_doubles_overlap() {
        let m = |to, from| Move {
            to: Location::Raw(to),
            from: Source::Place(Location::Raw(from)),
            ty: Type::F64,
        };
        let mut temporaries = 0;
        let ordered = sequence(&[m(1, 0), m(0, 2)], |_| {
            temporaries += 1;
            Location::Raw(50)
        });
        // r0-r1 -> r1-r2 clobbers the source r2-r3 of the other, which clobbers r0-r1: a cycle.
        assert_eq!(temporaries, 1);
        assert_eq!(ordered.len(), 3);
    }
}
