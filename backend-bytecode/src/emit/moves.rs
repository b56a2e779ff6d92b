//! Parallel moves: what a block's parameters get on an edge, or a window from its operands.
use super::regalloc::Location;
use super::select::Constant;
use jerboa_ir::Type;

/// Where a moved value comes from.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Source {
    Place(Location),
    Constant(Constant),
    /// The place and this one exchange their contents.
    Exchange(Location),
}

/// One of several moves that happen at once.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Move {
    pub(super) to: Location,
    pub(super) from: Source,
    pub(super) ty: Type,
}

/// Orders the moves so that none overwrites what another still reads. `temporary` gives a fresh place for a value of a
/// type when there is a cycle, except that two registers exchange their contents if `exchange` allows.
pub(super) fn sequence(
    moves: &[Move],
    exchange: bool,
    mut temporary: impl FnMut(Type) -> Location,
) -> Vec<Move> {
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
                            _ => true,
                        }
                })
        });
        // Beside a double, which overlaps two words, cycles are not simple.
        let single = pending.iter().all(|m| m.ty != Type::F64);
        let pair = || {
            (0..pending.len()).find_map(|i| {
                let to = pending[i].to;
                let register = matches!(to, Location::Tagged(_) | Location::Raw(_));
                let back = pending.iter().position(|m| {
                    m.from == Source::Place(to)
                        && pending[i].from == Source::Place(m.to)
                        && m.ty == pending[i].ty
                })?;
                (exchange && single && register).then_some((i, back))
            })
        };
        match free {
            Some(i) => ordered.push(pending.remove(i)),
            None if let Some((i, back)) = pair() => {
                let m = pending[i];
                ordered.push(Move { from: Source::Exchange(pending[back].to), ..m });
                pending.remove(i.max(back));
                pending.remove(i.min(back));
            }
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

    fn run(moves: &[Move], exchange: bool) -> HashMap<Location, Location> {
        let mut content: HashMap<Location, Location> = HashMap::new();
        let mut next = 100;
        for m in sequence(moves, exchange, |_| {
            next += 1;
            Location::Tagged(next)
        }) {
            let (Source::Place(from) | Source::Exchange(from)) = m.from else { continue };
            let value = content.get(&from).copied().unwrap_or(from);
            let old = content.insert(m.to, value).unwrap_or(m.to);
            if let Source::Exchange(_) = m.from {
                content.insert(from, old);
            }
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
            for content in [run(&moves, false), run(&moves, true)] {
                for m in &moves {
                    let Source::Place(from) = m.from else { unreachable!() };
                    assert_eq!(content.get(&m.to).copied().unwrap_or(m.to), from);
                }
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
        let ordered = sequence(&[m(1, 0), m(0, 2)], true, |_| {
            temporaries += 1;
            Location::Raw(50)
        });
        // r0-r1 -> r1-r2 clobbers the source r2-r3 of the other, which clobbers r0-r1: a cycle.
        assert_eq!(temporaries, 1);
        assert_eq!(ordered.len(), 3);
    }
}
