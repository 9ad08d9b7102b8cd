//! The bundle for signature: a reproducible zip of a body's documents with `manifesto.json` and `LEGGIMI.txt`; and the
//! reading back of a manifest, for skipping what is unchanged.

mod agid;
mod filing;
mod letter;

use std::io::{Cursor, Read, Seek, Write};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::EmitError;
pub use filing::{Agent, Filing, Registration};

use crate::act::{Act, Block, plain};

/// Name of the manifest in the bundle.
pub const MANIFEST: &str = "manifesto.json";
/// Name of the covering note in the bundle.
pub const README: &str = "LEGGIMI.txt";
/// Folder of the bundle with the metadata of each act.
pub const METADATA: &str = "metadati";
/// Longest manifest read back, in bytes.
const LONGEST_MANIFEST: u64 = 4_000_000;

/// A file of the bundle.
#[derive(Debug, Clone)]
pub struct File {
    /// Name, from the act's kind: `01-convenzione.pdf`.
    pub name: String,
    /// Format: `pdf`, `docx`, `html`.
    pub format: &'static str,
    /// Position in the acts given to [`build`].
    pub act: usize,
    /// Content.
    pub bytes: Vec<u8>,
}

/// `manifesto.json`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Manifest {
    /// `scrivano/manifest/1`.
    pub schema: String,
    /// Digest of all that decides the documents' bytes: texts, values, layout, program.
    pub fingerprint: String,
    /// The body the bundle is for.
    pub body: Party,
    /// Title of the convention.
    pub convention: String,
    /// `schema` or `stipula`.
    pub stage: String,
    /// Documents, in order of signature.
    pub documents: Vec<Document>,
}

/// A body, by code and name.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Party {
    /// Code.
    pub code: String,
    /// Official name.
    pub name: String,
}

/// A document of the manifest.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Document {
    /// Name in the bundle.
    pub path: String,
    /// Kind of act.
    pub kind: String,
    /// Title.
    pub title: String,
    /// Format.
    pub format: String,
    /// Media type.
    pub media_type: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Who signs, in order; empty for copies that are not signed.
    pub signers: Vec<Signer>,
    /// How it is signed: `PAdES` or `none`.
    pub signature: String,
    /// Metadata of the AgID guidelines on electronic documents (annex 5), with the names given there.
    pub agid: serde_json::Value,
    /// What of them is not known yet, in Italian.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agid_missing: Vec<String>,
    /// Name in the bundle of the same metadata as XML, for the original of each act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<String>,
}

/// A signatory.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Signer {
    /// "Per il Comune di Cantiano"; empty in a deliberation.
    pub party: String,
    /// Office.
    pub office: String,
    /// Name; dots where it is still blank.
    pub name: String,
}

/// Writes a reproducible zip of files that are packed already, in the order given: name and content.
///
/// # Errors
/// What `files` or the writer says.
pub fn collection<W: Write + Seek>(
    writer: W,
    files: impl IntoIterator<Item = std::io::Result<(String, Vec<u8>)>>,
) -> Result<(), EmitError> {
    let mut zip = ZipWriter::new(writer);
    for file in files {
        let (name, bytes) = file?;
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        zip.start_file(name, options)?;
        zip.write_all(&bytes)?;
    }
    zip.finish()?;
    Ok(())
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Who signs an act, in order.
pub fn signers(act: &Act) -> Vec<Signer> {
    fn collect(blocks: &[Block], found: &mut Vec<Signer>) {
        for block in blocks {
            match block {
                Block::Signatures { slots } => found.extend(slots.iter().map(|slot| Signer {
                    party: plain(&slot.party),
                    office: plain(&slot.office),
                    name: plain(&slot.name),
                })),
                Block::Article(article) => collect(&article.blocks, found),
                Block::Annex(annex) => collect(&annex.blocks, found),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    collect(&act.blocks, &mut found);
    found
}

/// What a bundle is of.
pub struct Contents<'a> {
    /// The body it is for.
    pub body: Party,
    /// Title of the convention.
    pub convention: &'a str,
    /// `schema` or `stipula`.
    pub stage: &'a str,
    /// What is known of the acts besides.
    pub filing: &'a Filing,
    /// The acts.
    pub acts: &'a [Act],
    /// Their files; the first of each act is its original.
    pub files: &'a [File],
}

/// The bundle of a body, and its manifest.
///
/// # Errors
/// Only for a fault of the program: the zip cannot be composed in memory.
pub fn build(fingerprint: &str, contents: Contents<'_>) -> Result<(Vec<u8>, Manifest), EmitError> {
    let Contents { body, convention, stage, filing, acts, files } = contents;
    let digests: Vec<String> = files.iter().map(|file| sha256(&file.bytes)).collect();
    let (documents, sheets) = documents(filing, acts, files, &digests)?;
    let manifest = Manifest {
        schema: "scrivano/manifest/1".to_owned(),
        fingerprint: fingerprint.to_owned(),
        body,
        convention: convention.to_owned(),
        stage: stage.to_owned(),
        documents,
    };
    let mut json = serde_json::to_vec_pretty(&manifest)?;
    json.push(b'\n');
    let note = letter::text(&manifest);
    let mut entries: Vec<(&str, &[u8], CompressionMethod)> =
        files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice(), CompressionMethod::Stored)).collect();
    entries.push((MANIFEST, &json, CompressionMethod::Deflated));
    entries.push((README, note.as_bytes(), CompressionMethod::Deflated));
    entries.extend(sheets.iter().map(|(name, xml)| (name.as_str(), xml.as_slice(), CompressionMethod::Deflated)));
    entries.sort_by_key(|(name, ..)| *name);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes, method) in entries {
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        zip.start_file(name, options)?;
        zip.write_all(bytes).map_err(zip::result::ZipError::from)?;
    }
    Ok((zip.finish()?.into_inner(), manifest))
}

/// Documents of a manifest, and the metadata of their originals by name in the bundle.
type Described = (Vec<Document>, Vec<(String, Vec<u8>)>);

fn documents(filing: &Filing, acts: &[Act], files: &[File], digests: &[String]) -> Result<Described, EmitError> {
    let is_original = |index: usize, file: &File| files.iter().position(|other| other.act == file.act) == Some(index);
    let companion = |(index, file): (usize, &File)| {
        let act = acts.get(file.act).filter(|_| is_original(index, file))?;
        let sha256 = digests.get(index)?.clone();
        Some((file.act, agid::Companion { kind: act.kind, name: file.name.clone(), title: act.title.clone(), sha256 }))
    };
    let originals: Vec<(usize, agid::Companion)> = files.iter().enumerate().filter_map(companion).collect();
    let (mut documents, mut sheets) = (Vec::new(), Vec::new());
    for (index, (file, sha256)) in files.iter().zip(digests).enumerate() {
        let Some(act) = acts.get(file.act) else { continue };
        let others: Vec<agid::Companion> =
            originals.iter().filter(|(of, _)| *of != file.act).map(|(_, other)| other.clone()).collect();
        let metadata = agid::metadata(act, file, sha256, filing, &others);
        let mut sheet = None;
        if is_original(index, file) {
            let name = format!("{METADATA}/{}.xml", act.stem);
            sheets.push((name.clone(), metadata.xml().map_err(zip::result::ZipError::from)?));
            sheet = Some(name);
        }
        let signers = if file.format == "pdf" { signers(act) } else { Vec::new() };
        documents.push(Document {
            path: file.name.clone(),
            kind: act.kind.slug().to_owned(),
            title: act.title.clone(),
            format: file.format.to_owned(),
            media_type: media_type(file.format).to_owned(),
            bytes: file.bytes.len() as u64,
            agid: metadata.json(),
            agid_missing: metadata.missing,
            metadata: sheet,
            sha256: sha256.clone(),
            signature: if signers.is_empty() { "none" } else { "PAdES" }.to_owned(),
            signers,
        });
    }
    Ok((documents, sheets))
}

fn media_type(format: &str) -> &'static str {
    match format {
        "pdf" => "application/pdf",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "html" => "text/html",
        _ => "application/octet-stream",
    }
}

/// The manifest of a bundle written before; `None` where the bytes are not such a bundle.
pub fn manifest_of(zip: &[u8]) -> Option<Manifest> {
    manifest_in(Cursor::new(zip))
}

/// The manifest of a bundle read from a file, without reading its documents.
pub fn manifest_in(zip: impl Read + Seek) -> Option<Manifest> {
    let mut archive = ZipArchive::new(zip).ok()?;
    let mut json = Vec::new();
    archive.by_name(MANIFEST).ok()?.take(LONGEST_MANIFEST).read_to_end(&mut json).ok()?;
    serde_json::from_slice(&json).ok()
}

/// True where every document of the manifest is in the bundle, as the manifest says, and nothing in it is damaged.
pub fn is_whole(zip: &[u8], manifest: &Manifest) -> bool {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(zip)) else { return false };
    // Reading to the end checks the sum that the archive keeps.
    let sound = |archive: &mut ZipArchive<Cursor<&[u8]>>, index| {
        let entry = archive.by_index(index).ok()?;
        std::io::copy(&mut entry.take(LONGEST_MANIFEST), &mut std::io::sink()).ok()
    };
    let others = (0..archive.len()).filter(|index| {
        let name = archive.name_for_index(*index).and_then(Result::ok);
        !manifest.documents.iter().any(|document| name.as_deref() == Some(document.path.as_str()))
    });
    let others: Vec<usize> = others.collect();
    others.into_iter().all(|index| sound(&mut archive, index).is_some())
        && manifest
            .documents
            .iter()
            .all(|document| content(&mut archive, document).is_some_and(|bytes| sha256(&bytes) == document.sha256))
}

/// Name and content of the documents of a bundle; nothing where one is not there or its name is not a plain one.
pub fn documents_of(zip: &[u8], manifest: &Manifest) -> Option<Vec<(String, Vec<u8>)>> {
    let mut archive = ZipArchive::new(Cursor::new(zip)).ok()?;
    let is_plain = |document: &Document| !document.path.starts_with('.') && !document.path.contains(['/', '\\']);
    let read = |document: &Document| {
        let bytes = content(&mut archive, document).filter(|_| is_plain(document))?;
        Some((document.path.clone(), bytes))
    };
    manifest.documents.iter().map(read).collect()
}

fn content(archive: &mut ZipArchive<Cursor<&[u8]>>, document: &Document) -> Option<Vec<u8>> {
    let entry = archive.by_name(&document.path).ok()?;
    let mut bytes = Vec::new();
    entry.take(document.bytes.saturating_add(1)).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}
