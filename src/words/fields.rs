//! The values that templates of reports see, in groups that several reports share.

/// Values that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldGroup {
    /// What every report has.
    Head,
    /// What reports of one record have.
    Data,
    /// What was told and has no place of its own in the report.
    More,
    /// What reports of a period have.
    Period,
    /// A record in the reader's words; empty text where nothing is known.
    Record,
    /// The day's records.
    Day,
    /// What the fault table has besides.
    Fault,
    /// What the solved faults have in common.
    Analysis,
    /// What the desk's card has.
    Card,
    /// What a complaint has besides; empty text where nothing is known.
    Complaint,
    /// A visit to the customer; empty text where nothing is known yet.
    Visit,
    /// A remote session; empty text where nothing is known yet.
    Session,
    /// What the survey report has.
    Survey,
    /// The customers of a party, where there are two.
    Party,
    /// The sample of a month.
    Sample,
    /// What became of those who were asked.
    Standing,
    /// Grades.
    Grades,
    /// A question of the survey.
    Question,
    /// An answer with the customer's words, or with a low grade.
    Reply,
    /// What the key figures have besides.
    Kpi,
    /// A key figure.
    Figure,
    /// What came and went.
    Balance,
    /// Something that was late.
    Miss,
    /// The versions of the rules that a period was judged by.
    Rules,
    /// What was late, counted, and what was entered late.
    Lateness,
    /// What the service report has besides.
    Service,
    /// A chart.
    Chart,
    /// A major incident in the period.
    Major,
}
