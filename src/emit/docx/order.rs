//! The order of elements that the WordprocessingML schema wants, for the containers we use. docx-rs writes them in its own
//! order; Word forgives, validators do not. What we write ourselves has it already: a test compares.

use super::element::{Element, Node};

/// Sorts the children of `element` where the schema has an order; what it does not know goes last, in its old order.
pub(super) fn sort(element: &mut Element) {
    if element.children.len() < 2 {
        return;
    }
    let Some(order) = order_of(&element.name) else { return };
    element.children.sort_by_key(|node| match node {
        Node::Element(child) => order.iter().position(|name| *name == child.name).unwrap_or(order.len()),
        Node::Text(_) => order.len(),
    });
}

fn order_of(name: &str) -> Option<&'static [&'static str]> {
    Some(match name {
        "w:p" => &["w:pPr"],
        "w:pPr" => PARAGRAPH,
        "w:r" => &["w:rPr"],
        "w:rPr" => RUN,
        "w:tbl" => &["w:tblPr", "w:tblGrid"],
        "w:tblPr" => TABLE,
        "w:tr" => &["w:trPr"],
        "w:tc" => &["w:tcPr"],
        "w:tcPr" => CELL,
        "w:sdt" => &["w:sdtPr", "w:sdtContent"],
        "w:sdtPr" => {
            &["w:rPr", "w:alias", "w:tag", "w:id", "w:lock", "w:placeholder", "w:temporary", "w:showingPlcHdr"]
        }
        "w:sectPr" => SECTION,
        "w:style" => STYLE,
        "w:lvl" => LEVEL,
        "w:abstractNum" => ABSTRACT_NUMBERING,
        "w:numbering" => &["w:abstractNum", "w:num"],
        "w:num" => &["w:abstractNumId", "w:lvlOverride"],
        "w:numPr" => &["w:ilvl", "w:numId"],
        "w:settings" => SETTINGS,
        "w:compat" => &["w:doNotExpandShiftReturn", "w:compatSetting"],
        "w:tblBorders" | "w:tcBorders" | "w:tblCellMar" | "w:tcMar" => BORDERS,
        "w:pBdr" => &["w:top", "w:left", "w:bottom", "w:right", "w:between", "w:bar"],
        _ => return None,
    })
}

const PARAGRAPH: &[&str] = &[
    "w:pStyle",
    "w:keepNext",
    "w:keepLines",
    "w:pageBreakBefore",
    "w:framePr",
    "w:widowControl",
    "w:numPr",
    "w:suppressLineNumbers",
    "w:pBdr",
    "w:shd",
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:bidi",
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:mirrorIndents",
    "w:jc",
    "w:textDirection",
    "w:textAlignment",
    "w:outlineLvl",
    "w:divId",
    "w:rPr",
    "w:sectPr",
];

const RUN: &[&str] = &[
    "w:rStyle",
    "w:rFonts",
    "w:b",
    "w:bCs",
    "w:i",
    "w:iCs",
    "w:caps",
    "w:smallCaps",
    "w:strike",
    "w:dstrike",
    "w:noProof",
    "w:vanish",
    "w:color",
    "w:spacing",
    "w:w",
    "w:kern",
    "w:position",
    "w:sz",
    "w:szCs",
    "w:highlight",
    "w:u",
    "w:bdr",
    "w:shd",
    "w:fitText",
    "w:vertAlign",
    "w:lang",
];

const TABLE: &[&str] = &[
    "w:tblStyle",
    "w:tblpPr",
    "w:tblW",
    "w:jc",
    "w:tblInd",
    "w:tblBorders",
    "w:shd",
    "w:tblLayout",
    "w:tblCellMar",
    "w:tblLook",
    "w:tblCaption",
    "w:tblDescription",
];

const CELL: &[&str] = &[
    "w:tcW",
    "w:gridSpan",
    "w:vMerge",
    "w:tcBorders",
    "w:shd",
    "w:noWrap",
    "w:tcMar",
    "w:textDirection",
    "w:tcFitText",
    "w:vAlign",
];

const BORDERS: &[&str] = &["w:top", "w:left", "w:start", "w:bottom", "w:right", "w:end", "w:insideH", "w:insideV"];

const SECTION: &[&str] = &[
    "w:headerReference",
    "w:footerReference",
    "w:type",
    "w:pgSz",
    "w:pgMar",
    "w:pgBorders",
    "w:pgNumType",
    "w:cols",
    "w:titlePg",
    "w:textDirection",
    "w:docGrid",
];

const STYLE: &[&str] = &[
    "w:name",
    "w:basedOn",
    "w:next",
    "w:link",
    "w:uiPriority",
    "w:semiHidden",
    "w:unhideWhenUsed",
    "w:qFormat",
    "w:pPr",
    "w:rPr",
    "w:tblPr",
    "w:trPr",
    "w:tcPr",
];

const LEVEL: &[&str] =
    &["w:start", "w:numFmt", "w:lvlRestart", "w:pStyle", "w:isLgl", "w:suff", "w:lvlText", "w:lvlJc", "w:pPr", "w:rPr"];

const ABSTRACT_NUMBERING: &[&str] = &["w:nsid", "w:multiLevelType", "w:tmpl", "w:name", "w:styleLink", "w:lvl"];

const SETTINGS: &[&str] = &[
    "w:zoom",
    "w:defaultTabStop",
    "w:evenAndOddHeaders",
    "w:characterSpacingControl",
    "w:compat",
    "w:docVars",
    "w:themeFontLang",
    "w:decimalSymbol",
    "w:listSeparator",
];
