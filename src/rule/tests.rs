//! What the table promises to those who read it: stable order, names of faults, complete pages, dates of the law.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{HEADINGS, RULES, Severity, find};

/// Groups in the order of the table.
const GROUPS: [&str; 10] = ["WB", "ENT", "C30", "ACC", "DEL", "SRV", "FEE", "INV", "TXT", "ESA"];

/// First words that would name the cure of a fault instead of the fault.
const CURES: [&str; 10] = ["use", "prefer", "fix", "add", "require", "avoid", "check", "ensure", "remove", "must"];

/// Words of a whole page, headings included.
const PAGE_WORDS: std::ops::RangeInclusive<usize> = 60..=200;

/// Rank of the group and number of `code`; `None` where the code is not well formed.
fn order(code: &str) -> Option<(usize, u32)> {
    let (group, number) = code.split_once('-')?;
    let rank = GROUPS.iter().position(|known| *known == group)?;
    let number = (number.len() == 2).then(|| number.parse().ok()).flatten()?;
    Some((rank, number))
}

/// The sections of a page: heading and trimmed body. Text before the first heading comes back under an empty one.
fn sections(page: &str) -> Vec<(String, String)> {
    let mut sections: Vec<(String, String)> = Vec::new();
    for line in page.lines() {
        match (line.strip_prefix("## "), sections.last_mut()) {
            (Some(heading), _) => sections.push((heading.to_owned(), String::new())),
            (None, Some((_, body))) => body.push_str(line.trim()),
            (None, None) => sections.push((String::new(), line.trim().to_owned())),
        }
    }
    sections
}

#[test]
fn codes_are_well_formed_unique_and_in_order() {
    let keys: Vec<_> =
        RULES.iter().map(|rule| order(rule.code).unwrap_or_else(|| panic!("bad code {}", rule.code))).collect();
    for (pair, rules) in keys.windows(2).zip(RULES.windows(2)) {
        assert!(pair[0] < pair[1], "{} must not come before {}", rules[0].code, rules[1].code);
    }
}

#[test]
fn no_rule_of_the_first_table_is_gone() {
    let first = [("WB", 1..=12), ("ENT", 1..=13), ("C30", 1..=19), ("DEL", 1..=16), ("FEE", 1..=2), ("FEE", 6..=7)];
    for (group, numbers) in first.into_iter().chain([("TXT", 1..=6)]) {
        for number in numbers {
            let code = format!("{group}-{number:02}");
            assert!(find(&code).is_some(), "{code} was removed");
        }
    }
}

#[test]
fn names_are_unique_kebab_case_and_name_the_fault() {
    let mut seen = BTreeSet::new();
    for rule in RULES {
        assert!(seen.insert(rule.name), "{}: name {} is taken", rule.code, rule.name);
        for word in rule.name.split('-') {
            let lower = !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
            assert!(lower, "{}: {} is not kebab-case", rule.code, rule.name);
        }
        let first = rule.name.split('-').next().unwrap_or_default();
        assert!(!CURES.contains(&first), "{}: {} names the cure", rule.code, rule.name);
    }
}

#[test]
fn titles_are_unique_single_lines() {
    let mut seen = BTreeSet::new();
    for rule in RULES {
        assert!(seen.insert(rule.title), "{}: title is taken", rule.code);
        assert!(!rule.title.is_empty() && !rule.title.contains('\n'), "{}", rule.code);
        assert!(rule.title.chars().count() <= 80, "{}: title too long for a list", rule.code);
        assert!(!rule.title.ends_with('.'), "{}: a title has no full stop", rule.code);
    }
}

#[test]
fn pages_have_every_heading_in_order_with_a_body() {
    for rule in RULES {
        let sections = sections(rule.page);
        let headings: Vec<&str> = sections.iter().map(|(heading, _)| heading.as_str()).collect();
        assert_eq!(headings, HEADINGS, "{}", rule.code);
        for (heading, body) in &sections {
            assert!(!body.is_empty(), "{}: nothing under {heading}", rule.code);
        }
        let words = rule.page.split_whitespace().count();
        assert!(PAGE_WORDS.contains(&words), "{}: {words} words", rule.code);
    }
}

#[test]
fn wrong_and_right_examples_differ() {
    for rule in RULES {
        let sections = sections(rule.page);
        if let [.., (_, wrong), (_, right)] = sections.as_slice() {
            assert_ne!(wrong, right, "{}", rule.code);
        }
    }
}

#[test]
fn rules_on_bodies_conventions_deliberations_and_fees_cite_their_source() {
    for rule in RULES.iter().filter(|rule| ["ENT", "C30", "ACC", "DEL", "FEE"].contains(&rule.group())) {
        assert!(!rule.law.is_empty(), "{}", rule.code);
    }
}

#[test]
fn periods_are_contiguous_and_end_with_the_severity_of_the_table() {
    for rule in RULES {
        for pair in rule.periods.windows(2) {
            let day = |day: Option<(i32, u32, u32)>| day.and_then(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d));
            let next = day(pair[0].to).and_then(|day| day.succ_opt());
            assert!(next.is_some() && next == day(pair[1].from), "{}", rule.code);
        }
        if let Some(last) = rule.periods.last() {
            assert!(last.to.is_some() || last.severity == rule.severity, "{}", rule.code);
        }
    }
}

#[test]
fn three_year_minimum_only_warns_from_2025() {
    let at = |y, m, d| {
        let date = NaiveDate::from_ymd_opt(y, m, d)?;
        find("C30-08")?.severity_at(date)
    };
    assert_eq!(at(2015, 6, 1), Some(Severity::Error));
    assert_eq!(at(2024, 12, 31), Some(Severity::Error));
    assert_eq!(at(2025, 1, 1), Some(Severity::Warning));
    assert_eq!(at(2031, 1, 1), Some(Severity::Warning));
}

#[test]
fn undated_rule_holds_on_every_day() {
    let day = NaiveDate::from_ymd_opt(1999, 12, 31).unwrap_or_default();
    assert_eq!(find("C30-01").and_then(|rule| rule.severity_at(day)), Some(Severity::Error));
}

#[test]
fn code_is_found_in_any_case_and_unknown_ones_are_not() {
    assert_eq!(find("del-09").map(|rule| rule.code), Some("DEL-09"));
    assert!(find("DEL-99").is_none());
}
