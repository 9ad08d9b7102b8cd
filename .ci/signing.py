"""A test authority that issues certificates to invented officials, and what they sign with them: CAdES by openssl, PAdES
by pyHanko. Used by `sign_samples`, which makes the files under fixtures/firme, and by `judge_signatures.py`."""

import datetime
import io
import subprocess
import tempfile
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import DummyTimeStamper

QC_COMPLIANCE = x509.UnrecognizedExtension(
    x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3"), bytes.fromhex("300a3008060604008e460101")
)
DAY = datetime.timedelta(days=1)


def make_key(kind):
    if kind.startswith("rsa"):
        return rsa.generate_private_key(public_exponent=65537, key_size=int(kind[3:]))
    return ec.generate_private_key({"p256": ec.SECP256R1(), "p384": ec.SECP384R1(), "p521": ec.SECP521R1()}[kind])


class Person:
    """A certificate with its key, in files of their own."""

    def __init__(self, folder, name, key, certificate, authority):
        self.key = folder / f"{name}.key"
        self.certificate = folder / f"{name}.pem"
        self.key.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        self.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        self.authority = authority

    def signer(self, **options):
        return signers.SimpleSigner.load(
            str(self.key), str(self.certificate), ca_chain_files=(str(self.authority.certificate),), **options
        )


class Authority:
    """Issues certificates; its key lives as long as the temporary folder."""

    def __init__(self):
        self.room = tempfile.TemporaryDirectory()
        self.folder = Path(self.room.name)
        self.name = x509.Name(
            [
                x509.NameAttribute(NameOID.COUNTRY_NAME, "IT"),
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Autorità di prova"),
                x509.NameAttribute(NameOID.COMMON_NAME, "Autorità di prova per la firma"),
            ]
        )
        self.key = make_key("rsa2048")
        self.start = datetime.datetime.now(datetime.timezone.utc) - 30 * DAY
        builder = self.builder(self.name, self.key.public_key(), self.start, self.start + 3650 * DAY)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        certificate = builder.sign(self.key, hashes.SHA256())
        self.certificate = self.folder / "authority.pem"
        self.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        self.count = 0

    def builder(self, subject, public, first, last):
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(first)
            .not_valid_after(last)
        )

    def person(self, full_name, fiscal, kind="rsa2048", qualified=True, signing=True, expired=False, prefix="TINIT-"):
        """A certificate for somebody whose given name is the first word."""
        given, surname = full_name.split(" ", 1)
        subject = x509.Name(
            [
                x509.NameAttribute(NameOID.COUNTRY_NAME, "IT"),
                x509.NameAttribute(NameOID.SERIAL_NUMBER, prefix + fiscal),
                x509.NameAttribute(NameOID.SURNAME, surname.upper()),
                x509.NameAttribute(NameOID.GIVEN_NAME, given.upper()),
                x509.NameAttribute(NameOID.COMMON_NAME, full_name.upper()),
            ]
        )
        key = make_key(kind)
        last = self.start + (10 if expired else 1000) * DAY
        builder = self.builder(subject, key.public_key(), self.start, last)
        builder = builder.add_extension(
            x509.KeyUsage(not signing, signing, False, False, False, False, False, False, False), critical=True
        )
        if qualified:
            builder = builder.add_extension(QC_COMPLIANCE, critical=False)
        self.count += 1
        return Person(self.folder, f"person-{self.count}", key, builder.sign(self.key, hashes.SHA256()), self)

    def timestamper(self):
        """A timestamping authority of the same root."""
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Marche temporali di prova")])
        key = make_key("rsa2048")
        builder = self.builder(subject, key.public_key(), self.start, self.start + 1000 * DAY)
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
        )
        clock = Person(self.folder, "clock", key, builder.sign(self.key, hashes.SHA256()), self)
        signer = clock.signer()
        return DummyTimeStamper(
            tsa_cert=load_cert_from_pemder(str(clock.certificate)), tsa_key=signer.signing_key
        )


def cades(people, content, detached=False, form="DER", digest="sha256", plain=False, stream=False, pss=False):
    """A `.p7m` or `.p7s` by openssl; several people sign side by side."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in"), Path(folder, "out")
        source.write_bytes(content)
        command = ["openssl", "cms", "-sign", "-binary", "-in", source, "-out", target, "-outform", form, "-md", digest]
        for person in people:
            command += ["-signer", person.certificate, "-inkey", person.key]
            command += ["-keyopt", "rsa_padding_mode:pss"] if pss else []
        command += [] if detached else ["-nodetach"]
        command += [] if plain else ["-cades"]
        command += ["-stream"] if stream else []
        subprocess.run(command, check=True, capture_output=True)
        return target.read_bytes()


def pades(person, content, field, timestamper=None, **options):
    """Signs a PDF once more by pyHanko."""
    metadata = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm=options.pop("md_algorithm", "sha256"),
        subfilter=options.pop("subfilter", fields.SigSeedSubFilter.PADES),
        **options,
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    signer = signers.PdfSigner(metadata, signer=person.signer(), timestamper=timestamper)
    return signer.sign_pdf(writer, in_place=False).getvalue()


def repaint(content, words=b"BT /F1 12 Tf 72 500 Td (Quota annua euro 9.999) Tj ET"):
    """Changes what the first page shows, by an incremental update that leaves all bytes before it as they were."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    page = writer.root["/Pages"]
    while page["/Type"] == "/Pages":
        page = page["/Kids"][0]
    page[generic.NameObject("/Contents")] = writer.add_object(generic.StreamObject(stream_data=words))
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def note(content):
    """Puts a note on the first page, by an incremental update."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    annotation = generic.DictionaryObject(
        {
            generic.NameObject("/Type"): generic.NameObject("/Annot"),
            generic.NameObject("/Subtype"): generic.NameObject("/FreeText"),
            generic.NameObject("/Rect"): generic.ArrayObject(map(generic.NumberObject, (72, 480, 400, 520))),
            generic.NameObject("/Contents"): generic.TextStringObject("aggiunta"),
        }
    )
    page = writer.root["/Pages"]
    while page["/Type"] == "/Pages":
        page = page["/Kids"][0]
    page[generic.NameObject("/Annots")] = generic.ArrayObject([writer.add_object(annotation)])
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
