//! The maps that docket has for the exports of other systems.

/// A map with what is known of its columns.
#[derive(Debug)]
pub struct BuiltInMap {
    /// What `--map` calls it.
    pub name: &'static str,
    pub system: &'static str,
    pub text: &'static str,
    /// Where the columns of the export are documented; nothing where they are taken from exports
    /// that were seen, and nobody vouches for them.
    pub documented: Option<&'static str>,
    /// Whether it was tried on a log of the system.
    pub tried: bool,
}

/// Every map.
pub const ALL: &[BuiltInMap] = &[
    BuiltInMap {
        name: "servicenow",
        system: "ServiceNow, incident event log (a row for each change)",
        text: include_str!("servicenow.yaml"),
        documented: Some(
            "https://archive.ics.uci.edu/dataset/498/incident+management+process+enriched+event+log",
        ),
        tried: true,
    },
    BuiltInMap {
        name: "jira",
        system: "Jira Service Management, issues file of the data pipeline",
        text: include_str!("jira.yaml"),
        documented: Some(
            "https://confluence.atlassian.com/adminjiraserver/data-pipeline-export-schema-1027142325.html",
        ),
        tried: false,
    },
    BuiltInMap {
        name: "zendesk",
        system: "Zendesk, CSV export of tickets",
        text: include_str!("zendesk.yaml"),
        documented: None,
        tried: false,
    },
    BuiltInMap {
        name: "glpi",
        system: "GLPI, CSV export of a ticket search",
        text: include_str!("glpi.yaml"),
        documented: Some("https://github.com/glpi-project/glpi/blob/main/src/CommonITILObject.php"),
        tried: false,
    },
    BuiltInMap {
        name: "otrs",
        system: "OTRS and Znuny, dynamic list of tickets",
        text: include_str!("otrs.yaml"),
        documented: Some(
            "https://github.com/znuny/Znuny/blob/dev/Kernel/System/Stats/Dynamic/TicketList.pm",
        ),
        tried: false,
    },
    BuiltInMap {
        name: "osticket",
        system: "osTicket, CSV export of a queue",
        text: include_str!("osticket.yaml"),
        documented: Some(
            "https://github.com/osTicket/osTicket/blob/develop/include/class.queue.php",
        ),
        tried: false,
    },
    BuiltInMap {
        name: "freshdesk",
        system: "Freshdesk, CSV export of tickets",
        text: include_str!("freshdesk.yaml"),
        documented: None,
        tried: false,
    },
];

/// The map of this name.
pub fn named(name: &str) -> Option<&'static BuiltInMap> {
    ALL.iter().find(|map| map.name == name)
}
