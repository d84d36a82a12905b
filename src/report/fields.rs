//! What templates may use: the name of each value, and what it means.

use crate::{
    domain::base::terms::ReportName,
    words::{Words, fields::FieldGroup},
};

/// The values of a report, each with its meaning; those of a list are named `list[].value`.
pub fn fields(report: ReportName, words: Words) -> Vec<(String, &'static str)> {
    let parts = parts(report);
    // every record has its visits and sessions
    let of_items = parts.iter().filter(|(_, group)| *group == FieldGroup::Record);
    let of_items = of_items.flat_map(|(prefix, _)| {
        [
            (format!("{prefix}visits[]."), FieldGroup::Visit),
            (format!("{prefix}sessions[]."), FieldGroup::Session),
        ]
    });
    let parts = parts.iter().map(|(prefix, group)| ((*prefix).to_owned(), *group));
    let fields = parts.chain(of_items).flat_map(|(prefix, group)| {
        let meanings = words.fields(group).iter();
        meanings.map(move |(name, meaning)| (format!("{prefix}{name}"), *meaning))
    });
    fields.collect()
}

const VISIT_FORM: &[(&str, FieldGroup)] = &[
    ("", FieldGroup::Head),
    ("", FieldGroup::Data),
    ("record.", FieldGroup::Record),
    ("visit.", FieldGroup::Visit),
];
const SESSION_RECORD: &[(&str, FieldGroup)] = &[
    ("", FieldGroup::Head),
    ("", FieldGroup::Data),
    ("record.", FieldGroup::Record),
    ("session.", FieldGroup::Session),
];

/// The groups of values that a report has, each with what its names begin with.
fn parts(report: ReportName) -> &'static [(&'static str, FieldGroup)] {
    match report {
        ReportName::Register => {
            &[("", FieldGroup::Head), ("", FieldGroup::Period), ("records[].", FieldGroup::Record)]
        }
        ReportName::Request => &[
            ("", FieldGroup::Head),
            ("", FieldGroup::Data),
            ("", FieldGroup::More),
            ("record.", FieldGroup::Record),
        ],
        ReportName::ComplaintForm => &[
            ("", FieldGroup::Head),
            ("", FieldGroup::Data),
            ("", FieldGroup::More),
            ("record.", FieldGroup::Record),
            ("complaint.", FieldGroup::Complaint),
        ],
        ReportName::VisitForm => VISIT_FORM,
        ReportName::Remote => SESSION_RECORD,
        ReportName::ComplaintRegister => &[
            ("", FieldGroup::Head),
            ("", FieldGroup::Period),
            ("rows[].record.", FieldGroup::Record),
            ("rows[].complaint.", FieldGroup::Complaint),
        ],
        ReportName::Survey => &[
            ("", FieldGroup::Head),
            ("", FieldGroup::Period),
            ("", FieldGroup::Survey),
            ("samples[].", FieldGroup::Sample),
            ("samples[].standing.", FieldGroup::Standing),
            ("total.", FieldGroup::Standing),
            ("sampled.", FieldGroup::Grades),
            ("parties[].", FieldGroup::Party),
            ("parties[].", FieldGroup::Grades),
            ("outside.", FieldGroup::Grades),
            ("questions[].", FieldGroup::Question),
            ("replies[].", FieldGroup::Reply),
            ("low[].", FieldGroup::Reply),
        ],
        ReportName::Daily | ReportName::Handover => {
            &[("", FieldGroup::Head), ("", FieldGroup::Day), ("rows[].record.", FieldGroup::Record)]
        }
        ReportName::Faults => &[
            ("", FieldGroup::Head),
            ("", FieldGroup::Period),
            ("rows[].record.", FieldGroup::Record),
            ("rows[].", FieldGroup::Fault),
            ("analysis.", FieldGroup::Analysis),
        ],
        ReportName::Card => &[("", FieldGroup::Head), ("", FieldGroup::Card)],
        ReportName::Service => &[
            ("", FieldGroup::Head),
            ("", FieldGroup::Period),
            ("", FieldGroup::Service),
            ("targets[].", FieldGroup::Figure),
            ("workload[].", FieldGroup::Figure),
            ("quality[].", FieldGroup::Figure),
            ("times[].", FieldGroup::Figure),
            ("rules.", FieldGroup::Rules),
            ("other_rules[].rules.", FieldGroup::Rules),
            ("", FieldGroup::Lateness),
            ("lateness.worst[].", FieldGroup::Miss),
            ("balance.", FieldGroup::Balance),
            ("charts.received.", FieldGroup::Chart),
            ("charts.response.", FieldGroup::Chart),
            ("charts.resolve.", FieldGroup::Chart),
            ("charts.satisfaction.", FieldGroup::Chart),
            ("charts.kinds.", FieldGroup::Chart),
            ("charts.units.", FieldGroup::Chart),
            ("", FieldGroup::Major),
            ("major[].record.", FieldGroup::Record),
            ("complaints[].record.", FieldGroup::Record),
            ("complaints[].complaint.", FieldGroup::Complaint),
            ("missed[].", FieldGroup::Miss),
        ],
        ReportName::Kpi => &[
            ("", FieldGroup::Head),
            ("", FieldGroup::Period),
            ("", FieldGroup::Kpi),
            ("figures[].", FieldGroup::Figure),
            ("times[].", FieldGroup::Figure),
            ("not_measured[].", FieldGroup::Figure),
            ("split[].", FieldGroup::Figure),
            ("balance.", FieldGroup::Balance),
            ("rules.", FieldGroup::Rules),
            ("", FieldGroup::Lateness),
            ("lateness.worst[].", FieldGroup::Miss),
            ("missed[].", FieldGroup::Miss),
            ("late_entries[].", FieldGroup::Miss),
        ],
    }
}
