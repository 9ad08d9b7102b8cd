//! The web desk: the same pipeline as the command line, behind pages. It has no logic of its own: what a page shows or hands
//! out comes from `pipeline` and the workers, and what both faces need stands there.
//!
//! Called by `cli` alone, which reads the clock and prints. Nothing is logged: what clerks load is theirs.

mod act;
mod assets;
mod beside;
mod bills;
mod bodies;
mod body;
mod checks;
mod desk;
mod edits;
mod findings;
mod guard;
mod job;
mod models;
mod pages;
mod produce;
mod renewal;
mod reply;
mod results;
mod rules;
mod session;
mod start;
mod terms;
mod trial;
mod upload;
mod verify;

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Extensions, HeaderMap, StatusCode, Version};
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use chrono::NaiveDate;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower_http::compression::CompressionLayer;

use crate::compose::Library;
use crate::emit::pdf::Press;
use crate::pipeline::RunError;
use desk::Desk;
use session::Sessions;

/// Stack of a thread that works for a page, in bytes: reading and layout recurse.
const STACK: usize = 8 << 20;
/// Largest upload, in bytes: a workbook of 5 MB with all that a form puts around it, and as much again.
const MAX_UPLOAD: usize = 10_000_000;
/// Between two looks for sessions that nobody uses any more.
const SWEEP: Duration = Duration::from_secs(600);
/// How long answers under way may take once the desk closes.
const FAREWELL: Duration = Duration::from_secs(3);

/// How the desk is run.
pub struct Options {
    /// The address to listen on. Anything but loopback asks for a key.
    pub address: IpAddr,
    /// The port; 0 for any that is free.
    pub port: u16,
    /// Pages can be read, nothing can be loaded, made or issued.
    pub read_only: bool,
    /// A workbook that every visitor sees until they load their own: file name and content.
    pub workbook: Option<(String, Vec<u8>)>,
    /// The texts.
    pub library: Library,
    /// Threads for a run.
    pub jobs: usize,
    /// "Today", asked for at every check: a desk may stay open overnight.
    pub today: Box<dyn Fn() -> NaiveDate + Send + Sync>,
}

/// What the pages have in common.
struct App {
    options: Options,
    press: Press,
    sessions: Sessions,
    /// The address that was given.
    bound: SocketAddr,
    /// The key that visitors must have, where the desk listens beyond loopback.
    key: Option<String>,
    /// The workbook of `Options::workbook`, judged.
    shown: Option<Arc<Desk>>,
    /// How many pieces of heavy work may be done at once.
    turns: Arc<Semaphore>,
    /// The examples on which texts are tried, by model.
    samples: Mutex<BTreeMap<String, Arc<Desk>>>,
}

type Shared = Arc<App>;

/// Where the desk is.
#[derive(Debug, Clone)]
pub struct Open {
    /// What to type in the browser, key included.
    pub url: String,
}

/// Opens the desk, tells `ready` where it is, and serves until `stop` is done or the process is asked to end. The private
/// folder with what visitors loaded is gone when it returns.
///
/// # Errors
/// The address cannot be had, the private folder cannot be made, or a fault of the program.
pub fn serve(
    options: Options,
    ready: impl FnOnce(&Open),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), RunError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_stack_size(STACK)
        .enable_all()
        .build()
        .map_err(cannot("il programma non può lavorare in rete"))?;
    let wanted = SocketAddr::new(options.address, options.port);
    let taken = "l’indirizzo non si può usare; forse la porta è già occupata: provare --porta";
    let listener = runtime.block_on(TcpListener::bind(wanted)).map_err(cannot(&format!("{wanted}: {taken}")))?;
    let app = Arc::new(App::new(options, listener.local_addr().map_err(cannot(taken))?)?);
    ready(&Open { url: app.url() });
    let served = runtime.block_on(async {
        let sweeper = tokio::spawn(sweep(Arc::clone(&app)));
        let (told, closing) = tokio::sync::oneshot::channel::<()>();
        let stopping = async move {
            tokio::select! {
                () = stop => {}
                () = asked_to_end() => {}
            }
            let _nobody = told.send(());
        };
        let serving = axum::serve(listener, router(&app)).with_graceful_shutdown(stopping);
        let farewell = async {
            if closing.await.is_err() {
                std::future::pending::<()>().await;
            }
            tokio::time::sleep(FAREWELL).await;
        };
        // Pages that follow a run never end by themselves.
        let served = tokio::select! {
            served = serving => served,
            () = farewell => Ok(()),
        };
        sweeper.abort();
        served
    });
    // Runs under way stop after the acts in hand; then their folders go.
    app.sessions.close();
    runtime.shutdown_timeout(FAREWELL);
    app.sessions.remove();
    served.map_err(cannot("la connessione è caduta"))
}

fn cannot(what: &str) -> impl FnOnce(io::Error) -> RunError + '_ {
    move |error| RunError::Argument(format!("{what} ({error})"))
}

/// Done when the process is asked to end. Where signals cannot be had the process is killed, and only its folder stays.
async fn asked_to_end() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}

async fn sweep(app: Shared) {
    loop {
        tokio::time::sleep(SWEEP).await;
        app.sessions.sweep();
    }
}

impl App {
    fn new(mut options: Options, bound: SocketAddr) -> Result<Self, RunError> {
        let press = Press::new()?;
        let key = if bound.ip().is_loopback() { None } else { Some(session::secret()?) };
        let sessions = Sessions::open()?;
        let workbook = options.workbook.take();
        let mut app = Self {
            turns: Arc::new(Semaphore::new(options.jobs.max(2))),
            options,
            press,
            sessions,
            bound,
            key,
            shown: None,
            samples: Mutex::default(),
        };
        app.shown = workbook.map(|(name, bytes)| Arc::new(app.judge(name, bytes)));
        Ok(app)
    }

    /// What to type in the browser.
    fn url(&self) -> String {
        match &self.key {
            Some(key) => format!("http://{}/?chiave={key}", self.bound),
            None => format!("http://{}/", self.bound),
        }
    }
}

/// What is sent packed: pages, for the act of a convention with fifty parties is long and shrinks to a tenth, and what they
/// are dressed with. Files to keep are packed already, and events must not wait.
fn is_packed(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let kinds = ["text/html", "text/css", "text/javascript", "font/"];
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kinds.iter().any(|packed| kind.starts_with(packed))
}

fn router(app: &Shared) -> Router {
    let uploads = Router::new().route("/foglio", post(start::upload)).layer(DefaultBodyLimit::max(MAX_UPLOAD));
    let returned = Router::new()
        .route("/verifica", get(verify::page).post(verify::verify))
        .layer(DefaultBodyLimit::max(verify::MAX_UPLOAD));
    Router::new()
        .route("/", get(start::page))
        .route("/chiudi", post(start::close))
        .route("/controlli", get(checks::page))
        .route("/controlli/foglio", get(checks::workbook))
        .route("/enti", get(bodies::page))
        .route("/enti/{body}", get(body::page))
        .route("/enti/{body}/affiancati", get(beside::page))
        .route("/enti/{body}/{act}", get(act::page))
        .route("/enti/{body}/{act}/pdf", get(act::pdf))
        .route("/enti/{body}/{act}/word", get(act::docx))
        .route("/produci", get(produce::page).post(produce::start))
        .route("/produci/corso", get(produce::progress))
        .route("/produci/eventi", get(produce::events))
        .route("/produci/ferma", post(produce::stop))
        .route("/produci/esito", get(results::page))
        .route("/produci/file/{name}", get(results::report))
        .route("/produci/pacchetto/{act}", get(results::bundle))
        .route("/scadenze", get(terms::page))
        .route("/scadenze/calendario", get(terms::calendar))
        .route("/fatture", get(bills::page).post(bills::issue))
        .route("/fatture/emesse", get(bills::issued))
        .route("/fatture/file/{bill}/{what}", get(bills::file))
        .route("/fatture/foglio", get(bills::register))
        .route("/rinnovo", get(renewal::page).post(renewal::renew))
        .route("/rinnovo/foglio-nuovo", get(renewal::made))
        .route("/rinnovo/foglio", get(renewal::workbook))
        .route("/regole", get(rules::page))
        .route("/regole/{code}", get(rules::rule))
        .route("/modelli", get(models::page))
        .route("/modelli/apri", get(models::chosen))
        .route("/modelli/{model}", get(models::model))
        .route("/modelli/{model}/foglio", get(models::workbook))
        .route("/modelli/{model}/testo", get(models::text))
        .route("/modelli/{model}/testi", get(trial::texts))
        .route("/modelli/{model}/prova", get(trial::page).post(trial::keep))
        .route("/modelli/originali", post(trial::restore))
        .route("/aspetto/{stamp}/{name}", get(assets::file))
        .route("/verifica/esito", get(verify::report))
        .merge(uploads)
        .merge(returned)
        .fallback(reply::nothing_here)
        .layer(CompressionLayer::new().compress_when(is_packed))
        .layer(from_fn_with_state(Arc::clone(app), guard::guard))
        .with_state(Arc::clone(app))
}
