//! A file measured while it is written: its length, its SHA-256, and what the disk said if it refused. Used by `site`.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

/// Bytes read or written at once.
const PIECE: usize = 1 << 16;

/// A file that is being written.
pub struct Measured {
    out: BufWriter<File>,
    digest: Sha256,
    length: u64,
    refused: Option<io::Error>,
}

impl Measured {
    /// A new file, empty.
    pub fn new(file: File) -> Self {
        Self { out: BufWriter::with_capacity(PIECE, file), digest: Sha256::new(), length: 0, refused: None }
    }

    /// Length and SHA-256 in hexadecimal, once all is on its way to the disk.
    ///
    /// # Errors
    /// What the disk refused, now or before.
    pub fn finish(mut self) -> io::Result<(u64, String)> {
        match self.refused.take() {
            Some(refused) => Err(refused),
            None => self.out.flush().map(|()| (self.length, hexadecimal(self.digest))),
        }
    }

    /// Keeps what the disk said: writers of packages wrap it in words of their own.
    fn noted<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &result
            && error.kind() != io::ErrorKind::Interrupted
        {
            self.refused.get_or_insert(io::Error::from(error.kind()));
        }
        result
    }
}

impl Write for Measured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes);
        let count = self.noted(written)?;
        self.digest.update(bytes.get(..count).unwrap_or_default());
        self.length += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.out.flush();
        self.noted(flushed)
    }
}

/// The SHA-256 of a file in hexadecimal, read piece by piece.
///
/// # Errors
/// The file cannot be read.
pub fn digest_of(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut digest = Sha256::new();
    let mut piece = vec![0; PIECE];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hexadecimal(digest)),
            count => digest.update(piece.get(..count).unwrap_or_default()),
        }
    }
}

fn hexadecimal(digest: Sha256) -> String {
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(target_os = "linux")]
#[cfg(test)]
mod tests {
    use super::*;

    /// A disk on which there is no room left.
    fn full() -> Measured {
        Measured::new(File::options().write(true).open("/dev/full").expect("the full device"))
    }

    #[test]
    fn what_the_disk_refuses_is_told_at_the_end_even_if_the_writer_kept_it_to_itself() {
        let mut large = full();
        let in_words_of_its_own = serde_json::to_writer(&mut large, &vec![7; 4 * PIECE]);
        assert!(in_words_of_its_own.is_err());
        assert_eq!(large.finish().map_err(|refused| refused.kind()), Err(io::ErrorKind::StorageFull));
        let mut small = full();
        small.write_all(b"due righe").expect("kept for later");
        assert_eq!(small.finish().map_err(|refused| refused.kind()), Err(io::ErrorKind::StorageFull));
    }
}
