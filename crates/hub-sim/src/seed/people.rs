//! Who uses the simulated hub.

/// A row of `auth_service.users`; ids count from 1 in this order.
pub(crate) struct User {
    pub(crate) username: &'static str,
    pub(crate) name: &'static str,
    pub(crate) email: Option<&'static str>,
    /// The id of a role.
    pub(crate) role: i64,
    /// The id of a team.
    pub(crate) team: i64,
    pub(crate) active: bool,
    /// Days between its creation and the hub's first day.
    pub(crate) age_days: i64,
    /// Share of the queries, relative. Inactive users ask nothing.
    pub(crate) weight: f64,
}

impl User {
    /// Programs call through the gateway, people through the chat.
    pub(crate) fn is_agent(&self) -> bool {
        self.role == 4
    }
}

const fn user(
    (username, name, email): (&'static str, &'static str, Option<&'static str>),
    (role, team): (i64, i64),
    active: bool,
    age_days: i64,
    weight: f64,
) -> User {
    User {
        username,
        name,
        email,
        role,
        team,
        active,
        age_days,
        weight,
    }
}

macro_rules! person {
    ($username:literal, $name:literal) => {
        ($username, $name, Some(concat!($username, "@company.com")))
    };
}

pub(crate) const USERS: [User; 28] = [
    user(person!("ana.silva", "Ana Silva"), (1, 1), true, 400, 14.0),
    user(
        person!("bo.lindqvist", "Bo Lindqvist"),
        (2, 1),
        true,
        390,
        18.0,
    ),
    user(person!("chen.wei", "Chen Wei"), (2, 1), true, 371, 22.0),
    user(person!("dana.cohen", "Dana Cohen"), (2, 2), true, 350, 11.0),
    user(
        person!("emeka.okafor", "Emeka Okafor"),
        (2, 2),
        true,
        344,
        9.0,
    ),
    user(
        person!("fatima.zahra", "Fatima Zahra"),
        (3, 3),
        true,
        310,
        7.0,
    ),
    user(
        person!("giulia.rossi", "Giulia Rossi"),
        (3, 3),
        true,
        301,
        5.0,
    ),
    user(
        person!("hiro.tanaka", "Hiro Tanaka"),
        (2, 1),
        true,
        280,
        8.0,
    ),
    user(
        person!("ines.garcia", "Inés García"),
        (3, 3),
        true,
        266,
        3.0,
    ),
    user(person!("john.smith", "John Smith"), (3, 2), true, 240, 3.0),
    user(
        person!("kasia.nowak", "Kasia Nowak"),
        (2, 2),
        true,
        222,
        6.0,
    ),
    user(
        person!("liam.murphy", "Liam Murphy"),
        (3, 3),
        true,
        205,
        2.0,
    ),
    user(person!("maya.patel", "Maya Patel"), (2, 2), true, 180, 5.0),
    user(
        person!("noah.becker", "Noah Becker"),
        (3, 3),
        true,
        161,
        1.5,
    ),
    user(
        person!("olga.petrova", "Olga Petrova"),
        (3, 2),
        true,
        150,
        1.5,
    ),
    user(
        person!("pedro.santos", "Pedro Santos"),
        (3, 3),
        true,
        122,
        1.0,
    ),
    user(person!("quynh.tran", "Quỳnh Trần"), (2, 1), true, 101, 2.0),
    user(
        person!("rosa.haddad", "Rosa Haddad"),
        (3, 3),
        false,
        330,
        0.0,
    ),
    user(person!("sven.olsen", "Sven Olsen"), (2, 1), false, 290, 0.0),
    user(
        person!("tomas.novak", "Tomáš Novák"),
        (3, 2),
        false,
        130,
        0.0,
    ),
    user(("guest", "Guest", None), (3, 3), true, 90, 0.5),
    user(person!("uma.iyer", "Uma Iyer"), (2, 2), true, 5, 1.0),
    user(
        person!("viktor.hansen", "Viktor Hansen"),
        (3, 3),
        true,
        3,
        0.7,
    ),
    user(
        person!("wanjiru.kamau", "Wanjirũ Kamau"),
        (3, 3),
        true,
        1,
        0.4,
    ),
    user(
        person!("dev-agent", "Development agent"),
        (4, 4),
        true,
        200,
        34.0,
    ),
    user(person!("ci-agent", "Build agent"), (4, 4), true, 180, 20.0),
    user(
        person!("support-agent", "Support agent"),
        (4, 4),
        true,
        75,
        12.0,
    ),
    user(
        person!("report-agent", "Report agent"),
        (4, 4),
        true,
        6,
        4.0,
    ),
];
