//! `servi`: options in, the web desk opened, its address told. Nothing that visitors load is told or kept.

use super::Status;
use super::args::ServiArgs;
use super::commands::{Outcome, jobs, today};
use super::print::Printer;
use crate::compose::Library;
use crate::pipeline;
use crate::web;

/// `servi`.
pub fn serve(args: &ServiArgs, printer: &mut Printer) -> Outcome {
    let texts = args.conditions.testi.as_deref().map(pipeline::read_texts).transpose()?.unwrap_or_default();
    let workbook = match &args.file {
        Some(path) => {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            Some((name, pipeline::read_file(path)?))
        }
        None => None,
    };
    let asked = args.conditions.today;
    let options = web::Options {
        address: args.indirizzo,
        port: args.porta,
        read_only: args.read_only,
        workbook,
        library: Library::load(texts),
        jobs: jobs(args.conditions.jobs),
        today: Box::new(move || today(asked)),
    };
    let tell = |open: &web::Open| {
        printer.out(&open.url);
        printer.say("Il banco è aperto: copiare l’indirizzo qui sopra nel browser. Ctrl-C lo chiude, e toglie i fogli caricati.");
        if !args.indirizzo.is_loopback() {
            printer.say(
                "L’indirizzo contiene la chiave: darlo solo a chi deve entrare. I dati viaggiano in chiaro sulla rete.",
            );
        }
    };
    web::serve(options, tell, std::future::pending())?;
    printer.say("Banco chiuso.");
    Ok(Status::Done)
}
