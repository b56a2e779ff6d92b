//! `Date`. The local time zone is UTC, so that every method has the same meaning with and without `UTC` in its name.
//!
//! The state of an instance is its time value.

use jerboa_abi::builtins::ObjectId;
use jerboa_rt::coerce::Hint;
use jerboa_rt::instance::InstanceClass;
use jerboa_rt::number::date::{self, DAYS, MONTHS, Parts};
use jerboa_rt::number::math::floor;
use jerboa_rt::property::name;
use jerboa_rt::value::{Slot, Value};
use jerboa_rt::vm::Vm;
use jerboa_rt::{Args, ErrorKind, Piece, Result, StringBuilder};

#[cfg(not(test))]
unsafe extern "C" {
    /// Milliseconds since 1970-01-01T00:00Z; 0 where there is no clock. The embedder provides it.
    safe fn jerboa_platform_now() -> f64;
}

#[cfg(test)]
fn jerboa_platform_now() -> f64 {
    0.0
}

/// Number of a part in [`Parts`].
const YEAR: usize = 0;
const MONTH: usize = 1;
const DATE: usize = 2;
const HOURS: usize = 3;
const MINUTES: usize = 4;
const SECONDS: usize = 5;
const MILLISECONDS: usize = 6;

jerboa_rt::native! {
    /// `Date(…)`, `new Date(…)`
    fn jrt_n_date(vm, args) {
        let [state, prototype] = vm.slots()?;
        if args.new_target().is_none() {
            return text(vm, floor(jerboa_platform_now()), Form::Full);
        }
        let time = match (args.len(), args.get(0)) {
            (0, _) | (_, None) => floor(jerboa_platform_now()),
            (1, Some(value)) => time_from(vm, value)?,
            _ => time_from_parts(vm, args)?,
        };
        vm.prototype_for(args, ObjectId::DatePrototype, prototype)?;
        vm.number(time)?.store(state);
        vm.new_instance(InstanceClass::Date, prototype, state)
    }

    /// `Date.now()`
    fn jrt_n_date_now(vm, args) {
        vm.number(floor(jerboa_platform_now()))
    }

    /// `Date.parse(text)`
    fn jrt_n_date_parse(vm, args) {
        let [text] = args.take(vm)?;
        vm.to_flat_string(text)?;
        let time = date::parse(vm.text(text));
        vm.number(time)
    }

    /// `Date.UTC(year, month, …)`
    fn jrt_n_date_utc(vm, args) {
        let time = time_from_parts(vm, args)?;
        vm.number(time)
    }

    /// `date.getTime()`, `date.valueOf()`
    fn jrt_n_date_get_time(vm, args) {
        let time = this_time(vm, args)?;
        vm.number(time)
    }

    /// `date[Symbol.toPrimitive](hint)`: for an addition, a date is its text.
    fn jrt_n_date_to_primitive(vm, args) {
        let [hint] = args.take(vm)?;
        let date = args.this();
        if !vm.get(date).is_object() {
            return Err(incompatible(vm, args, "Date.prototype [ cratetoPrimitive ]"));
        }
        if vm.get(hint).is_string() {
            vm.flatten(hint)?;
        }
        let names = match vm.text(hint) {
            b"string" | b"default" => [name::TO_STRING, name::VALUE_OF],
            b"number" => [name::VALUE_OF, name::TO_STRING],
            _ => {
                return Err(
                    vm.throw_error(ErrorKind::Type, &[Piece::Text("Invalid hint: "), Piece::value(hint)])
                );
            }
        };
        vm.ordinary_primitive(date, names)?;
        Ok(vm.get(date))
    }

    /// `date.valueOf()`
    fn jrt_n_date_value_of(vm, args) {
        let time = this_time(vm, args)?;
        vm.number(time)
    }

    /// `date.setTime(time)`
    fn jrt_n_date_set_time(vm, args) {
        let [time] = args.take(vm)?;
        this_time(vm, args)?;
        let time = date::clip(vm.to_number(time)?);
        set_time(vm, args.this(), time)
    }

    /// `date.getYear()`
    fn jrt_n_date_get_year(vm, args) {
        let time = this_time(vm, args)?;
        vm.number(if time.is_nan() { time } else { f64::from(date::parts(time).0[YEAR] - 1900) })
    }

    /// `date.setYear(year)`
    fn jrt_n_date_set_year(vm, args) {
        let [year] = args.take(vm)?;
        let time = this_time(vm, args)?;
        let year = full_year(vm.to_number(year)?);
        let mut parts = parts_or_zero(time);
        parts[YEAR] = year;
        set_time(vm, args.this(), date::time_of(&parts))
    }

    /// `date.getTimezoneOffset()`
    fn jrt_n_date_get_timezone_offset(vm, args) {
        let time = this_time(vm, args)?;
        vm.number(if time.is_nan() { time } else { 0.0 })
    }

    /// `date.getDay()`
    fn jrt_n_date_get_day(vm, args) {
        day_of_week(vm, args)
    }

    /// `date.getUTCDay()`
    fn jrt_n_date_get_utc_day(vm, args) {
        day_of_week(vm, args)
    }

    /// `date.toString()`
    fn jrt_n_date_to_string(vm, args) {
        if vm.get(args.this()).instance_class() != Some(InstanceClass::Date) {
            return Err(incompatible(vm, args, "toString"));
        }
        let time = this_time(vm, args)?;
        text(vm, time, Form::Full)
    }

    /// `date.toDateString()`
    fn jrt_n_date_to_date_string(vm, args) {
        let time = this_time(vm, args)?;
        text(vm, time, Form::Date)
    }

    /// `date.toTimeString()`
    fn jrt_n_date_to_time_string(vm, args) {
        let time = this_time(vm, args)?;
        text(vm, time, Form::Time)
    }

    /// `date.toUTCString()`
    fn jrt_n_date_to_utc_string(vm, args) {
        if vm.get(args.this()).instance_class() != Some(InstanceClass::Date) {
            return Err(incompatible(vm, args, "toUTCString"));
        }
        let time = this_time(vm, args)?;
        text(vm, time, Form::Utc)
    }

    /// `date.toISOString()`
    fn jrt_n_date_to_iso_string(vm, args) {
        if vm.get(args.this()).instance_class() != Some(InstanceClass::Date) {
            return Err(incompatible(vm, args, "toISOString"));
        }
        let time = this_time(vm, args)?;
        if time.is_nan() {
            return Err(vm.throw_range("Invalid time value"));
        }
        text(vm, time, Form::Iso)
    }

    /// `date.toLocaleString()`, as in the locale `en-US`
    fn jrt_n_date_to_locale_string(vm, args) {
        let time = this_time(vm, args)?;
        text(vm, time, Form::Locale)
    }

    /// `date.toLocaleDateString()`
    fn jrt_n_date_to_locale_date_string(vm, args) {
        let time = this_time(vm, args)?;
        text(vm, time, Form::LocaleDate)
    }

    /// `date.toLocaleTimeString()`
    fn jrt_n_date_to_locale_time_string(vm, args) {
        let time = this_time(vm, args)?;
        text(vm, time, Form::LocaleTime)
    }

    /// `date.toJSON()`
    fn jrt_n_date_to_json(vm, args) {
        let [object, number, method] = vm.slots()?;
        vm.copy(args.this(), object);
        vm.to_object(object)?;
        vm.copy(object, number);
        vm.to_primitive(number, Hint::Number)?;
        if vm.get(number).as_number().is_some_and(|number| !number.is_finite()) {
            return Ok(Value::NULL);
        }
        vm.get_by_name(object, "toISOString")?.store(method);
        if !vm.get(method).is_callable() {
            return Err(vm.throw_type("toISOString is not a function"));
        }
        vm.call_with(method, object, &[])
    }

    /// What the console shows of a date; not a property of anything.
    fn jrt_n_date_inspect(vm, args) {
        let time = this_time(vm, args)?;
        text(vm, time, Form::Iso)
    }
}

/// Defines the functions that get a part of a date.
macro_rules! getters {
    ($($symbol:ident $part:expr;)+) => {
        jerboa_rt::native! {$(
            /// Gets a part of a date.
            fn $symbol(vm, args) {
                let time = this_time(vm, args)?;
                vm.number(if time.is_nan() { time } else { f64::from(date::parts(time).0[$part]) })
            }
        )+}
    };
}

getters! {
    jrt_n_date_get_full_year YEAR;
    jrt_n_date_get_month MONTH;
    jrt_n_date_get_date DATE;
    jrt_n_date_get_hours HOURS;
    jrt_n_date_get_minutes MINUTES;
    jrt_n_date_get_seconds SECONDS;
    jrt_n_date_get_milliseconds MILLISECONDS;
    jrt_n_date_get_utc_full_year YEAR;
    jrt_n_date_get_utc_month MONTH;
    jrt_n_date_get_utc_date DATE;
    jrt_n_date_get_utc_hours HOURS;
    jrt_n_date_get_utc_minutes MINUTES;
    jrt_n_date_get_utc_seconds SECONDS;
    jrt_n_date_get_utc_milliseconds MILLISECONDS;
}

/// Defines the functions that set parts of a date: from one up to another.
macro_rules! setters {
    ($($symbol:ident $first:expr, $last:expr;)+) => {
        jerboa_rt::native! {$(
            /// Sets parts of a date.
            fn $symbol(vm, args) {
                set_parts(vm, args, $first, $last)
            }
        )+}
    };
}

setters! {
    jrt_n_date_set_full_year YEAR, DATE;
    jrt_n_date_set_month MONTH, DATE;
    jrt_n_date_set_date DATE, DATE;
    jrt_n_date_set_hours HOURS, MILLISECONDS;
    jrt_n_date_set_minutes MINUTES, MILLISECONDS;
    jrt_n_date_set_seconds SECONDS, MILLISECONDS;
    jrt_n_date_set_milliseconds MILLISECONDS, MILLISECONDS;
    jrt_n_date_set_utc_full_year YEAR, DATE;
    jrt_n_date_set_utc_month MONTH, DATE;
    jrt_n_date_set_utc_date DATE, DATE;
    jrt_n_date_set_utc_hours HOURS, MILLISECONDS;
    jrt_n_date_set_utc_minutes MINUTES, MILLISECONDS;
    jrt_n_date_set_utc_seconds SECONDS, MILLISECONDS;
    jrt_n_date_set_utc_milliseconds MILLISECONDS, MILLISECONDS;
}

#[cold]
fn incompatible(vm: &mut Vm, args: Args, method: &str) -> jerboa_rt::Thrown {
    vm.throw_error(
        ErrorKind::Type,
        &[
            Piece::Text("Method Date.prototype."),
            Piece::Text(method),
            Piece::Text(" called on incompatible receiver "),
            Piece::value(args.this()),
        ],
    )
}

/// The time value of `this`.
fn this_time(vm: &mut Vm, args: Args) -> Result<f64> {
    if vm.get(args.this()).instance_class() != Some(InstanceClass::Date) {
        return Err(vm.throw_type("this is not a Date object."));
    }
    Ok(vm.instance_state(args.this()).as_number().unwrap_or(f64::NAN))
}

fn set_time(vm: &mut Vm, date: Slot, time: f64) -> Result<Value<'_>> {
    let [state] = vm.slots()?;
    vm.number(time)?.store(state);
    vm.set_instance_state(date, vm.get(state));
    Ok(vm.get(state))
}

/// The time value that the only argument of the constructor stands for.
fn time_from(vm: &mut Vm, value: Slot) -> Result<f64> {
    if vm.get(value).instance_class() == Some(InstanceClass::Date) {
        return Ok(vm.instance_state(value).as_number().unwrap_or(f64::NAN));
    }
    vm.to_primitive(value, Hint::Default)?;
    if vm.get(value).is_string() {
        vm.flatten(value)?;
        return Ok(date::parse(vm.text(value)));
    }
    Ok(date::clip(vm.to_number(value)?))
}

/// The year that a number from 0 to 99 is short for.
fn full_year(year: f64) -> f64 {
    let whole = jerboa_rt::number::math::trunc(year);
    if (0.0..=99.0).contains(&whole) { 1900.0 + whole } else { year }
}

/// The time value of arguments that are year, month and so on.
fn time_from_parts(vm: &mut Vm, args: Args) -> Result<f64> {
    let mut parts = [f64::NAN, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0];
    for (i, part) in (0..).zip(&mut parts) {
        if let Some(argument) = args.get(i) {
            *part = vm.to_number(argument)?;
        }
    }
    parts[YEAR] = full_year(parts[YEAR]);
    Ok(date::time_of(&parts))
}

/// The parts of a time, those of 0 for NaN.
fn parts_or_zero(time: f64) -> [f64; 7] {
    date::parts(if time.is_nan() { 0.0 } else { time }).0.map(f64::from)
}

fn set_parts(vm: &mut Vm, args: Args, first: usize, last: usize) -> Result<Value<'_>> {
    let time = this_time(vm, args)?;
    let mut parts = parts_or_zero(time);
    for (i, part) in (0..).zip(parts.get_mut(first..=last).unwrap_or_default()) {
        match args.get(i) {
            Some(argument) => *part = vm.to_number(argument)?,
            // The first argument must be there.
            None if i == 0 => *part = f64::NAN,
            None => {}
        }
    }
    // Only a year makes an invalid date valid.
    if time.is_nan() && first != YEAR {
        return vm.number(f64::NAN);
    }
    set_time(vm, args.this(), date::time_of(&parts))
}

fn day_of_week(vm: &mut Vm, args: Args) -> Result<Value<'_>> {
    let time = this_time(vm, args)?;
    vm.number(if time.is_nan() { time } else { f64::from(date::parts(time).1) })
}

/// How a date is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Full,
    Date,
    Time,
    Utc,
    Iso,
    Locale,
    LocaleDate,
    LocaleTime,
}

/// Appends a number with at least so many digits.
fn push_padded(vm: &mut Vm, text: &mut StringBuilder, number: i32, digits: u32) -> Result<()> {
    let mut least = 10_i32.pow(digits.saturating_sub(1));
    while least > 1 && number < least {
        text.push(vm, b"0")?;
        least /= 10;
    }
    text.push_int(vm, number)
}

fn push_year(vm: &mut Vm, text: &mut StringBuilder, year: i32, form: Form) -> Result<()> {
    let iso = form == Form::Iso;
    let wide = iso && !(0..=9999).contains(&year);
    if year < 0 {
        text.push(vm, b"-")?;
    } else if wide {
        text.push(vm, b"+")?;
    }
    push_padded(vm, text, year.abs(), if wide { 6 } else { 4 })
}

fn push_clock(vm: &mut Vm, text: &mut StringBuilder, parts: &Parts) -> Result<()> {
    push_padded(vm, text, parts[HOURS], 2)?;
    text.push(vm, b":")?;
    push_padded(vm, text, parts[MINUTES], 2)?;
    text.push(vm, b":")?;
    push_padded(vm, text, parts[SECONDS], 2)
}

/// The text of a time value.
fn text(vm: &mut Vm, time: f64, form: Form) -> Result<Value<'_>> {
    if time.is_nan() {
        return vm.new_string(b"Invalid Date");
    }
    let (parts, weekday) = date::parts(time);
    let day_name = DAYS.get(weekday as usize).copied().unwrap_or_default().as_bytes();
    let month_name = MONTHS.get(parts[MONTH] as usize).copied().unwrap_or_default().as_bytes();
    let mut text = StringBuilder::new(vm)?;
    match form {
        Form::Full | Form::Date | Form::Time => {
            if form != Form::Time {
                for name in [day_name, b" ", month_name, b" "] {
                    text.push(vm, name)?;
                }
                push_padded(vm, &mut text, parts[DATE], 2)?;
                text.push(vm, b" ")?;
                push_year(vm, &mut text, parts[YEAR], form)?;
            }
            if form == Form::Full {
                text.push(vm, b" ")?;
            }
            if form != Form::Date {
                push_clock(vm, &mut text, &parts)?;
                text.push(vm, b" GMT+0000 (Coordinated Universal Time)")?;
            }
        }
        Form::Utc => {
            text.push(vm, day_name)?;
            text.push(vm, b", ")?;
            push_padded(vm, &mut text, parts[DATE], 2)?;
            for name in [b" ", month_name, b" "] {
                text.push(vm, name)?;
            }
            push_year(vm, &mut text, parts[YEAR], form)?;
            text.push(vm, b" ")?;
            push_clock(vm, &mut text, &parts)?;
            text.push(vm, b" GMT")?;
        }
        Form::Iso => {
            push_year(vm, &mut text, parts[YEAR], form)?;
            text.push(vm, b"-")?;
            push_padded(vm, &mut text, parts[MONTH] + 1, 2)?;
            text.push(vm, b"-")?;
            push_padded(vm, &mut text, parts[DATE], 2)?;
            text.push(vm, b"T")?;
            push_clock(vm, &mut text, &parts)?;
            text.push(vm, b".")?;
            push_padded(vm, &mut text, parts[MILLISECONDS], 3)?;
            text.push(vm, b"Z")?;
        }
        Form::Locale | Form::LocaleDate | Form::LocaleTime => {
            if form != Form::LocaleTime {
                text.push_int(vm, parts[MONTH] + 1)?;
                text.push(vm, b"/")?;
                text.push_int(vm, parts[DATE])?;
                text.push(vm, b"/")?;
                text.push_int(vm, parts[YEAR])?;
            }
            if form == Form::Locale {
                text.push(vm, b", ")?;
            }
            if form != Form::LocaleDate {
                let mut twelve = parts;
                twelve[HOURS] = (parts[HOURS] + 11) % 12 + 1;
                text.push_int(vm, twelve[HOURS])?;
                text.push(vm, b":")?;
                push_padded(vm, &mut text, parts[MINUTES], 2)?;
                text.push(vm, b":")?;
                push_padded(vm, &mut text, parts[SECONDS], 2)?;
                text.push(vm, if parts[HOURS] < 12 { b" AM" } else { b" PM" })?;
            }
        }
    }
    text.finish(vm)
}
