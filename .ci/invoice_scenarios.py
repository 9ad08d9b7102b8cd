"""Workbooks for `recompute_invoices.py`: a fixture cut down to a few bodies and changed, with the days on which it is billed.

A scenario is a generator: from the path of its fixture it gives, step by step, a workbook, the year to charge and the day
of the run. `given_back`, where a row asks for a credit note that the sums owed do not know of, says by step what it gives
back: {step: {(payer, kind, rate, nature): sum}}.
"""

import datetime
import pathlib
from decimal import Decimal

import openpyxl

SCENARIOS = []


def of(model: str, **given_back):
    def mark(scenario):
        scenario.model = model
        if given_back:
            scenario.given_back = {int(step[1:]): sums for step, sums in given_back.items()}
        SCENARIOS.append(scenario)
        return scenario

    return mark


def day(text: str) -> datetime.datetime:
    return datetime.datetime.strptime(text, "%d/%m/%Y")


class Book:
    """A workbook whose cells are set by column name."""

    def __init__(self, path: pathlib.Path, bodies: list[str]):
        self.book = openpyxl.load_workbook(path)
        self.field("importo_totale", None)
        for name in ("Enti", "Deliberazioni", "Richieste", "Incarichi", "Beneficiari", "Fatture"):
            if name in self.book.sheetnames:
                sheet, kept = self.book[name], bodies if name in ("Enti", "Deliberazioni", "Incarichi") else []
                for row in range(sheet.max_row, 1, -1):
                    if sheet.cell(row, 1).value not in kept:
                        sheet.delete_rows(row)

        for code in bodies:
            # What a request must have, and no sum rests on.
            self.put("Enti", code, partita_iva=self.cell("Enti", code, "partita_iva") or self.cell("Enti", code, "codice_fiscale"))
            self.add("Incarichi", ente=code, ruolo="Referente operativo", nome="Ada", cognome="Prova", telefono="0721 1", email="ada@prova.example")

    def cell(self, sheet: str, key: str, column: str):
        row = next(row for row in self.book[sheet].iter_rows(min_row=2, values_only=True) if row[0] == key)
        return row[self.columns(sheet).index(column)]

    def field(self, name: str, value) -> "Book":
        sheet = self.book["Convenzione"]
        row = next((row for row in sheet.iter_rows() if row[0].value == name), None)
        if row is None:
            sheet.append([name, value])
        else:
            row[1].value = value
        return self

    def columns(self, sheet: str) -> list:
        return [cell.value for cell in self.book[sheet][1]]

    def add(self, sheet: str, **cells) -> "Book":
        self.book[sheet].append([cells.get(name) for name in self.columns(sheet)])
        return self

    def put(self, sheet: str, key: str, **cells) -> "Book":
        names = self.columns(sheet)
        row = next(row for row in self.book[sheet].iter_rows(min_row=2) if row[0].value == key)
        for name, value in cells.items():
            row[names.index(name)].value = value
        return self

    def service(self, code: str, **cells) -> "Book":
        return self.add("Servizi", **{"codice": code, "nome": f"Servizio {code}", "modalita": "listino", "unita": "ente", "una_tantum": "no", "nominativo": "no", **cells})

    def ask(self, body: str, service: str, at: str, kind="attivazione", many=None, since=None) -> "Book":
        more = {"motivo": "Non serve più", "effetto_dal": since and day(since)} if kind == "disdetta" else {"effetto_dal": since and day(since)}
        return self.add("Richieste", ente=body, servizio=service, tipo=kind, data=day(at), quantita=many, **more)

    def save(self, path: pathlib.Path) -> None:
        self.book.save(path)


PESARO = ["p-pu", "c_a035", "c_a327", "consorzio-strade"]


def taxed(book: Book) -> Book:
    return book.field("regime_iva", "imponibile").field("aliquota_iva", 22).field("scissione_pagamenti", "sì").field("scissione_confermata", "sì")


@of("pesaro-urbino")
def services_through_the_year(source):
    """Started on 10/03, ended by agreement, more from July, less from October; hours; support; activation; a price by inhabitants."""
    book = taxed(Book(source, PESARO))
    book.service("canone", importo=1200, attivazione=500, assistenza_annua=365).service("caselle", importo=12.5)
    book.service("teste", importo=0.0333, unita="abitante").service("ore", importo=45.13, unita="ora").service("unica", importo=333.33, una_tantum="sì")
    book.ask("c_a035", "canone", "10/03/2026").ask("c_a035", "caselle", "01/01/2026", many=7)
    book.ask("c_a327", "teste", "15/01/2026", since="01/02/2026").ask("c_a327", "ore", "20/01/2026", many=3).ask("c_a327", "unica", "22/02/2026", many=2)
    yield book, 2026, "2026-03-20"
    book.ask("c_a035", "caselle", "30/06/2026", many=5, since="01/07/2026").ask("c_a327", "ore", "01/06/2026", many=4)
    yield book, 2026, "2026-07-15"
    book.ask("c_a035", "canone", "20/08/2026", kind="disdetta", since="01/10/2026")
    yield book, 2026, "2026-09-10"
    book.ask("c_a035", "caselle", "20/09/2026", kind="disdetta", many=2, since="16/11/2026")
    yield book, 2026, "2026-10-05"
    yield book, 2027, "2027-03-01"
    yield book, 2027, "2027-03-02"


@of("pesaro-urbino")
def leap_year(source):
    book = taxed(Book(source, PESARO)).service("canone", importo=1000)
    book.ask("c_a035", "canone", "29/02/2028").ask("c_a327", "canone", "01/03/2028")
    yield book, 2028, "2028-03-02"


@of("pesaro-urbino")
def term_that_ends_in_june(source):
    book = Book(source, PESARO).field("durata_anni", None).field("scadenza", day("30/06/2027")).service("canone", importo=1000)
    book.ask("c_a035", "canone", "10/01/2026")
    yield book, 2026, "2026-02-02"
    yield book, 2027, "2027-02-02"


@of("pesaro-urbino")
def years_from_july(source):
    """Contract years from 01/07: who leaves on 1 January owes half of one."""
    book = taxed(Book(source, PESARO)).field("decorrenza", day("01/07/2026")).field("scadenza", None).field("durata_anni", 3)
    yield book, 2026, "2026-07-02"
    book.put("Enti", "c_a035", recesso_comunicato_il=day("15/09/2026"))
    yield book, 2026, "2026-09-20"


@of("pesaro-urbino")
def a_union_pays(source):
    book = Book(source, ["p-pu", "c_a035", "c_a327", "c_b636", "un-valledelcesano"]).service("canone", importo=730)
    book.put("Enti", "c_a035", unione="un-valledelcesano", servizi_unione="sì")
    book.put("Enti", "c_a327", unione="un-valledelcesano", quota_unione=60)
    book.put("Enti", "c_b636", unione="un-valledelcesano", quota_unione=33.33, servizi_unione="sì")
    book.ask("c_a035", "canone", "02/02/2026").ask("c_a327", "canone", "02/02/2026").ask("c_b636", "canone", "02/02/2026")
    yield book, 2026, "2026-03-20"


@of("pesaro-urbino")
def vat_of_each_service(source):
    """Fees outside VAT by request, services taxed at two rates and exempt by invoice: two documents for a body."""
    book = Book(source, PESARO).field("documento_fuori_campo", "richiesta versamento").field("scissione_pagamenti", "no")
    book.service("ventidue", importo=100, regime_iva="imponibile", aliquota_iva=22).service("quattro", importo=200, regime_iva="imponibile", aliquota_iva=4)
    book.service("libero", importo=300, regime_iva="esente").service("fuori", importo=50)
    for service in ("ventidue", "quattro", "libero", "fuori"):
        book.ask("c_a035", service, "02/02/2026")
    book.ask("c_a327", "quattro", "02/02/2026")
    yield book, 2026, "2026-03-20"
    book.ask("c_a035", "quattro", "20/03/2026", kind="disdetta", since="01/06/2026").ask("c_a327", "quattro", "20/03/2026", kind="disdetta", since="01/06/2026")
    yield book, 2026, "2026-04-20"


def stamped(source, charged: str):
    book = Book(source, ["task", "c_a329", "c_a334", "c_a739"]).field("regime_iva", "esente").field("aliquota_iva", None)
    book.field("scissione_pagamenti", "no").field("bollo_addebitato", charged)
    book.put("Enti", "c_a739", abitanti=499)
    return book


@of("macerata")
def exempt_by_a_company(source):
    yield stamped(source, "no"), 2026, "2026-01-20"


@of("macerata")
def exempt_with_the_stamp_charged(source):
    book = stamped(source, "sì").service("minimo", importo=60).service("altro", importo=77.47)
    book.ask("c_a329", "minimo", "10/01/2026", since="01/01/2026")
    yield book, 2026, "2026-01-20"
    book.ask("c_a329", "altro", "25/01/2026", since="01/01/2026").ask("c_a334", "minimo", "26/01/2026", since="01/01/2026")
    yield book, 2026, "2026-01-27"


@of("pesaro-urbino")
def outside_vat_by_request(source):
    book = Book(source, PESARO).field("documento_fuori_campo", None)
    yield book, 2026, "2026-03-20"
    yield book, 2027, "2027-01-20"


@of("macerata")
def a_company_adheres(source):
    """A private payer: FPR12, no split payment."""
    book = Book(source, ["task", "c_a329", "c_a334"])
    own = "99900000078"
    book.put("Enti", "c_a334", tipo="Società", denominazione="Prova S.p.A.", codice_istat=None, codice_ufficio=None)
    book.put("Enti", "c_a334", codice_fiscale=own, partita_iva=own)
    yield book, 2026, "2026-01-20"


@of("brianza")
def a_comune_leads(source):
    book = Book(source, ["c_f704", "c_a087", "c_a096", "c_a802"]).put("Enti", "c_a087", bilancio_approvato_il=day("31/01/2026"))
    book.put("Enti", "c_a096", bilancio_approvato_il=day("05/01/2026"))
    yield book, 2026, "2026-02-20"


@of("macerata", _1={("c_a329", "fattura", Decimal(22), ""): Decimal("100.10")})
def a_credit_note_of_a_part(source):
    book = Book(source, ["task", "c_a329", "c_a334"])
    yield book, 2026, "2026-01-20"
    book.add("Fatture", ente="c_a329", anno=2026, tipo="nota credito", fattura_collegata="1/2026", imponibile=100.10)
    yield book, 2026, "2026-02-20"


@of("macerata")
def a_wrong_population(source):
    """Given back whole and made anew."""
    book = Book(source, ["task", "c_a329", "c_a334"])
    yield book, 2026, "2026-01-20"
    book.put("Enti", "c_a329", abitanti=2500)
    book.add("Fatture", ente="c_a329", anno=2026, tipo="nota credito", fattura_collegata="1/2026")
    yield book, 2026, "2026-02-20"
    yield book, 2026, "2026-02-21"
    yield book, 2027, "2027-01-04"
