//! `if`, `unless`, `and`, `or`, `not` that know blanks (a blank is false), `spazio`, the blank of
//! the template, and `casella`, a tick box.

use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderError, RenderErrorReason,
    Renderable, ScopedJson,
};
use serde_json::Value as Json;

use super::tokens;

/// Names of the helpers that a template may use in a condition.
pub const CONDITIONS: [&str; 3] = ["and", "or", "not"];

/// Registers all of them, in the place of the built-in ones.
pub fn register(engine: &mut Handlebars<'static>) {
    engine.register_helper("if", Box::new(If { wanted: true }));
    engine.register_helper("unless", Box::new(If { wanted: false }));
    engine.register_helper("and", Box::new(Logic(|values| values.iter().all(|value| *value))));
    engine.register_helper("or", Box::new(Logic(|values| values.iter().any(|value| *value))));
    engine.register_helper("not", Box::new(Logic(|values| !values.iter().any(|value| *value))));
    engine.register_helper("spazio", Box::new(space));
    engine.register_helper("casella", Box::new(tick_box));
}

fn is_true(value: &Json) -> bool {
    match value {
        Json::Bool(flag) => *flag,
        Json::String(token) => !token.is_empty() && !tokens::is_blank(token),
        Json::Array(list) => !list.is_empty(),
        Json::Object(_) | Json::Number(_) => true,
        Json::Null => false,
    }
}

struct If {
    wanted: bool,
}

impl HelperDef for If {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        engine: &'reg Handlebars<'reg>,
        context: &'rc Context,
        render: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let value = helper.param(0).ok_or(RenderErrorReason::ParamNotFoundForIndex("if", 0))?;
        let branch = if is_true(value.value()) == self.wanted { helper.template() } else { helper.inverse() };
        branch.map_or(Ok(()), |branch| branch.render(engine, context, render, out))
    }
}

struct Logic(fn(&[bool]) -> bool);

impl HelperDef for Logic {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let values: Vec<bool> = helper.params().iter().map(|param| is_true(param.value())).collect();
        Ok(ScopedJson::Derived(Json::Bool((self.0)(&values))))
    }
}

fn tick_box(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let is_ticked = helper.param(0).is_some_and(|param| is_true(param.value()));
    out.write(if is_ticked { "☒" } else { "☐" })?;
    Ok(())
}

fn space(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let label = helper.param(0).and_then(|param| param.value().as_str()).unwrap_or_default();
    let width = helper.param(1).and_then(|param| param.value().as_u64()).unwrap_or(20);
    out.write(&tokens::space(label, width))?;
    Ok(())
}
