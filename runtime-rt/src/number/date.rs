//! Dates: the proleptic Gregorian calendar as ECMAScript counts it (ES2023 21.4.1), and dates in text.
//!
//! A time value is a number of milliseconds since 1970-01-01T00:00Z, or NaN. There is one time zone, UTC.

/// The greatest time value, in milliseconds; the least is its negative.
pub const MAX_TIME: f64 = 8.64e15;
/// Milliseconds of a day.
pub const DAY: f64 = 86_400_000.0;

/// The parts of a time: year, month from 0, day from 1, hour, minute, second, millisecond.
pub type Parts = [i32; 7];

/// The parts of a finite time value, and the day of the week from Sunday as 0.
pub fn parts(time: f64) -> (Parts, u32) {
    // In the range of time values everything below is exact, and days fit in 32 bits.
    let days = super::math::floor(time / DAY);
    let within = (time - days * DAY) as u32;
    let days = days as i32;
    let (year, month, day) = civil(days);
    let parts = [
        year,
        month as i32,
        day as i32,
        (within / 3_600_000) as i32,
        (within / 60_000 % 60) as i32,
        (within / 1000 % 60) as i32,
        (within % 1000) as i32,
    ];
    (parts, (days + 4).rem_euclid(7) as u32)
}

/// Year, month from 0 and day from 1 of a day that is counted from 1970-01-01.
///
/// H. Hinnant, *chrono-compatible low-level date algorithms*: years begin in March, so that the leap day is the last, in eras of
/// 400 years.
fn civil(days: i32) -> (i32, u32, u32) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097) as u32;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = (shifted_month + 2) % 12;
    (year_of_era as i32 + era * 400 + i32::from(month < 2), month, day)
}

/// The day, counted from 1970-01-01, of the first of a month (from 0).
fn days_to_month(year: i32, month: u32) -> i32 {
    let year = if month < 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 10) % 12) + 2) / 5;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year as i32 - 719_468
}

/// The time value of parts as a program gives them: any numbers, of which months beyond the year carry over and so on. NaN if it
/// is out of range.
pub fn time_of(parts: &[f64; 7]) -> f64 {
    if !parts.iter().all(|part| part.is_finite()) {
        return f64::NAN;
    }
    let [year, month, day, hour, minute, second, millisecond] = parts.map(super::math::trunc);
    let year = year + super::math::floor(month / 12.0);
    let month = month - super::math::floor(month / 12.0) * 12.0;
    // Beyond these years no day or hour brings the time back into its range unless it is as great itself.
    if !(-400_000.0..=400_000.0).contains(&year) {
        return f64::NAN;
    }
    let days = f64::from(days_to_month(year as i32, month as u32)) + (day - 1.0);
    let within = hour * 3_600_000.0 + minute * 60_000.0 + second * 1000.0 + millisecond;
    clip(days * DAY + within)
}

/// TimeClip: an integral time value in range, or NaN.
pub fn clip(time: f64) -> f64 {
    if time.abs() <= MAX_TIME { super::math::trunc(time) + 0.0 } else { f64::NAN }
}

/// Names of days and months.
pub const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
/// See [`DAYS`].
pub const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The time value of a date in text: the standard's format, or those that `toString`, `toUTCString` and people write, as V8 reads
/// them. NaN if it is none of these.
pub fn parse(text: &[u8]) -> f64 {
    match parse_standard(text) {
        Some(time) => time,
        None => parse_legacy(text).unwrap_or(f64::NAN),
    }
}

/// A text that is read from the left.
struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    fn peek(&self) -> u8 {
        self.rest.first().copied().unwrap_or(0)
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.rest.first().is_some_and(|other| other.eq_ignore_ascii_case(&byte));
        if found {
            self.rest = self.rest.get(1..).unwrap_or_default();
        }
        found
    }

    /// A number, and how many digits it has; great ones are cut.
    fn number(&mut self) -> (i32, usize) {
        let len = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.rest.split_at(len);
        self.rest = rest;
        let value = digits
            .iter()
            .fold(0_i32, |value, digit| value.saturating_mul(10).saturating_add(i32::from(digit - b'0')));
        (value, len)
    }

    /// A number of exactly so many digits, in a range.
    fn fixed(&mut self, digits: usize, range: core::ops::RangeInclusive<i32>) -> Option<i32> {
        let (value, len) = self.number();
        (len == digits && range.contains(&value)).then_some(value)
    }

    /// The digits after a point as milliseconds.
    fn milliseconds(&mut self) -> i32 {
        let len = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.rest.split_at(len);
        self.rest = rest;
        let digit = |i: usize| digits.get(i).map_or(0, |digit| i32::from(digit - b'0'));
        digit(0) * 100 + digit(1) * 10 + digit(2)
    }
}

/// `YYYY-MM-DDTHH:MM:SS.sssZ` and its shorter forms.
fn parse_standard(text: &[u8]) -> Option<f64> {
    let mut reader = Reader { rest: text };
    let year = match reader.peek() {
        sign @ (b'+' | b'-') => {
            reader.eat(sign);
            let year = reader.fixed(6, 0..=999_999)?;
            if sign == b'-' && year == 0 {
                return None;
            }
            if sign == b'-' { -year } else { year }
        }
        _ => reader.fixed(4, 0..=9999)?,
    };
    let mut parts = [year, 1, 1, 0, 0, 0, 0];
    if reader.eat(b'-') {
        parts[1] = reader.fixed(2, 1..=12)?;
        if reader.eat(b'-') {
            parts[2] = reader.fixed(2, 1..=31)?;
        }
    }
    let mut offset = 0;
    if reader.eat(b'T') {
        parts[3] = reader.fixed(2, 0..=24)?;
        reader.eat(b':').then_some(())?;
        parts[4] = reader.fixed(2, 0..=59)?;
        if reader.eat(b':') {
            parts[5] = reader.fixed(2, 0..=59)?;
            if reader.eat(b'.') {
                reader.peek().is_ascii_digit().then_some(())?;
                parts[6] = reader.milliseconds();
            }
        }
        if parts[3] == 24 && parts[4..] != [0; 3] {
            return None;
        }
        if let sign @ (b'+' | b'-') = reader.peek() {
            reader.eat(sign);
            let hours = reader.fixed(2, 0..=23)?;
            reader.eat(b':').then_some(())?;
            let minutes = hours * 60 + reader.fixed(2, 0..=59)?;
            offset = if sign == b'-' { -minutes } else { minutes };
        } else {
            reader.eat(b'Z');
        }
    }
    if !reader.rest.is_empty() {
        return None;
    }
    Some(finish(parts, offset))
}

/// The time of parts with the month from 1, at an offset of so many minutes.
fn finish(mut parts: Parts, offset: i32) -> f64 {
    parts[1] -= 1;
    clip(time_of(&parts.map(f64::from)) - f64::from(offset) * 60_000.0)
}

/// The time part of a date in free form.
#[derive(Default)]
struct Clock {
    parts: [i32; 4],
    count: usize,
    /// 12 after `pm`, 0 after `am`.
    half: Option<i32>,
}

impl Clock {
    fn add(&mut self, value: i32) -> bool {
        match self.parts.get_mut(self.count) {
            Some(part) => *part = value,
            None => return false,
        }
        self.count += 1;
        true
    }

    fn expects(&self, value: i32) -> bool {
        match self.count {
            1 | 2 => (0..60).contains(&value),
            3 => (0..1000).contains(&value),
            _ => false,
        }
    }
}

/// The offset from UTC of a date in free form.
#[derive(Default)]
struct Zone {
    sign: i32,
    hour: Option<i32>,
    minute: Option<i32>,
}

/// Dates as people write them: month names or numbers, times with colons, zones. What is in parentheses is skipped, and so
/// are words before the first number.
fn parse_legacy(text: &[u8]) -> Option<f64> {
    let mut reader = Reader { rest: text };
    let (mut numbers, mut count) = ([1; 3], 0);
    let mut named_month = None;
    let mut clock = Clock::default();
    let mut zone = Zone { sign: 1, ..Zone::default() };
    let mut has_number = false;
    while let Some(&byte) = reader.rest.first() {
        if byte.is_ascii_digit() {
            has_number = true;
            let (value, _) = reader.number();
            if reader.eat(b':') {
                if reader.peek() == b':' || !clock.add(value) {
                    return None;
                }
            } else if reader.peek() == b'.' && clock.expects(value) {
                reader.eat(b'.');
                if !clock.add(value) || !reader.peek().is_ascii_digit() {
                    return None;
                }
                clock.count = 3;
                let milliseconds = reader.milliseconds();
                clock.add(milliseconds);
            } else if zone.hour.is_some() && zone.minute.is_none() {
                zone.minute = Some(value);
            } else if clock.expects(value) {
                clock.add(value);
                clock.count = 4;
                if !matches!(reader.peek(), 0 | b' ' | b'\t' | b'\n' | b'\r' | b'Z' | b'z' | b'+' | b'-') {
                    return None;
                }
            } else {
                *numbers.get_mut(count)? = value;
                count += 1;
                reader.eat(b'-');
            }
        } else if byte.is_ascii_alphabetic() {
            let len = reader.rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            let (word, rest) = reader.rest.split_at(len);
            reader.rest = rest;
            let mut key = [0; 3];
            for (to, from) in key.iter_mut().zip(word) {
                *to = from.to_ascii_lowercase();
            }
            let month = MONTHS.iter().position(|name| name.as_bytes().eq_ignore_ascii_case(&key));
            if let (b"am\0" | b"pm\0", true) = (&key, clock.count != 0) {
                clock.half = Some(if key[0] == b'p' { 12 } else { 0 });
            } else if let Some(month) = month {
                named_month = Some(month as i32 + 1);
                reader.eat(b'-');
            } else if let (Some(hour), true) = (zone_hour(&key, len), has_number) {
                zone = Zone { sign: if hour < 0 { -1 } else { 1 }, hour: Some(hour.abs()), minute: Some(0) };
            } else if has_number || reader.peek().is_ascii_digit() {
                return None;
            }
        } else if matches!(byte, b'+' | b'-')
            && (clock.count != 0 || zone.hour == Some(0) && zone.minute == Some(0))
        {
            reader.eat(byte);
            zone.sign = if byte == b'-' { -1 } else { 1 };
            has_number = true;
            let (value, len) = reader.number();
            (zone.hour, zone.minute) = match len {
                _ if reader.peek() == b':' => (Some(value), None),
                1 | 2 => (Some(value), Some(0)),
                3 | 4 => (Some(value / 100), Some(value % 100)),
                _ => return None,
            };
            reader.eat(b':');
        } else if matches!(byte, b'+' | b'-' | b')') && has_number {
            return None;
        } else if byte == b'(' {
            let mut depth = 0;
            let end = reader.rest.iter().position(|&byte| {
                depth += match byte {
                    b'(' => 1,
                    b')' => -1,
                    _ => 0,
                };
                depth == 0
            });
            reader.rest = end.and_then(|end| reader.rest.get(end + 1..)).unwrap_or_default();
        } else {
            reader.rest = reader.rest.get(1..).unwrap_or_default();
        }
    }
    let (year, month, day) = order(numbers, count, named_month)?;
    let [mut hour, minute, second, millisecond] = clock.parts;
    if let Some(half) = clock.half {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + half;
    }
    let fits = (0..24).contains(&hour) && (0..60).contains(&minute) && (0..60).contains(&second);
    if !fits && (hour, minute, second, millisecond) != (24, 0, 0, 0) {
        return None;
    }
    let offset = zone.sign * (zone.hour.unwrap_or(0) * 60 + zone.minute.unwrap_or(0));
    Some(finish([year, month, day, hour, minute, second, millisecond], offset))
}

/// The hour of a zone by its name.
fn zone_hour(key: &[u8; 3], len: usize) -> Option<i32> {
    Some(match key {
        b"z\0\0" | b"ut\0" => 0,
        b"utc" | b"gmt" if len == 3 => 0,
        b"edt" => -4,
        b"est" | b"cdt" => -5,
        b"cst" | b"mdt" => -6,
        b"mst" | b"pdt" => -7,
        b"pst" => -8,
        _ => return None,
    })
}

/// Which of up to three numbers is the year, the month and the day.
fn order(numbers: [i32; 3], count: usize, named_month: Option<i32>) -> Option<(i32, i32, i32)> {
    if count == 0 {
        return None;
    }
    let is_day = |number| (1..=31).contains(&number);
    let [first, second, third] = numbers;
    let (year, month, day) = match named_month {
        Some(month) if !is_day(first) => (first, month, second),
        Some(month) => (if count == 1 { 2001 } else { second }, month, first),
        None if count == 3 && !is_day(first) => (first, second, third),
        None => (if count == 3 { third } else { 2001 }, first, second),
    };
    let year = match year {
        0..=49 => year + 2000,
        50..=99 => year + 1900,
        _ => year,
    };
    ((1..=12).contains(&month) && is_day(day)).then_some((year, month, day))
}
