//! What is done at the honest desk, line by line.

/// Time, person, words; `name = open …` keeps the id of the record for `@name`.
pub(super) type Row = (&'static str, &'static str, &'static str);

/// Contacts and records that forgeries may point to.
pub(super) const AROUND: &[Row] = &[
    (
        "2026-11-23 08:20",
        "chen",
        "nina = open enquiry 'A question' --channel phone --customer ACME --name 'Nina Kraft' \
         --email nk@acme.example --reported 'how so' --need 'an answer' --category advice",
    ),
    (
        "2026-11-23 08:25",
        "zhang",
        "people add nina --name 'Nina Kraft' --email nina@example.com --role engineer --unit systems",
    ),
    (
        "2026-11-23 08:30",
        "chen",
        "ho = open enquiry 'Another question' --channel phone --customer ACME --name 'Mr Ho' \
         --phone 13900001111 --reported 'what now' --need 'an answer' --category advice",
    ),
    (
        "2026-11-23 08:31",
        "chen",
        "double = open enquiry 'A third one' --channel phone --customer ACME --name 'Mr Hoo' \
         --phone 13900002222 --reported 'and now' --need 'an answer' --category advice",
    ),
    (
        "2026-11-24 08:40",
        "chen",
        "request = open request 'Account for a new colleague' --channel email --customer Globex \
         --name 'Mr Ray' --email ray@globex.example --reported 'she starts tomorrow' \
         --need 'an account with mail' --category account --expected-by none",
    ),
];

/// Faults with everything that can happen to one; several, so that no record grows long.
pub(super) const FAULTS: &[Row] = &[
    (
        "2026-11-24 09:00",
        "chen",
        "fault = open fault 'Switch on floor 3 is down' --channel hotline --customer ACME \
         --name 'Ms Wang' --phone 13812341234 --email wang@acme.example --site 'Floor three' \
         --salutation Ms --reported 'nobody can log in' --need 'everybody works again' \
         --category network --product points --expected-by 17:00 --answer 'scope=one floor' \
         --ref A-17 --expedite 'board meeting' --read-back done --occurred-at 08:50 \
         --detected-at 08:52 --source staff \
         --location 'Floor 3' --symptom 'no lights' --impact high --urgency medium \
         --stops-work yes --received-at 08:55 --note 'she was calm'",
    ),
    (
        "2026-11-24 09:02",
        "chen",
        "twin = open fault 'Switch again' --channel hotline --customer ACME --name 'Ms Wang' \
         --reported 'it is dark' --need 'light' --category network --expected-by none",
    ),
    (
        "2026-11-24 09:03",
        "chen",
        "third = open fault 'Switch once more' --channel hotline --customer ACME --name 'Ms Wang' \
         --reported 'still dark' --need 'light' --category network --expected-by none",
    ),
    ("2026-11-24 09:03", "chen", "attach @twin ../home/router.log"),
    ("2026-11-24 09:03", "chen", "attach @twin ../home/form.pdf --kind scan --note 'signed'"),
    ("2026-11-24 09:04", "chen", "attachment drop @twin 1 --reason 'of another matter'"),
    ("2026-11-24 09:04", "chen", "merge @third --into @twin --reason 'same matter'"),
    (
        "2026-11-24 09:10",
        "chen",
        "ack @fault --reply-by +1h --informed 'Mr Ho' --method phone --read-back 'line was poor' \
         --note 'told him at once'",
    ),
    (
        "2026-11-24 09:12",
        "chen",
        "update @fault --first-line 'asked to restart' --contact 'Ms Wang' --mood uneasy \
         --note 'no effect' --internal",
    ),
    ("2026-11-24 09:12", "chen", "update @fault --note 'of another matter'"),
    ("2026-11-24 09:13", "chen", "undo @fault --note 'the wrong record'"),
    (
        "2026-11-24 09:13",
        "chen",
        "update @fault --level general --support remote --reason 'only one room'",
    ),
    (
        "2026-11-24 09:14",
        "chen",
        "update @fault --level major --major outage --impact high --urgency high \
         --reason 'whole floor'",
    ),
    (
        "2026-11-24 09:14",
        "chen",
        "passed = open fault 'The passed one' --channel hotline --customer ACME --name 'Ms Wang' \
         --reported 'it is dark' --need 'light' --category network --expected-by none",
    ),
    ("2026-11-24 09:14", "chen", "ack @passed --reply-by +1h"),
    (
        "2026-11-24 09:14",
        "chen",
        "asked = open enquiry 'A short one' --channel phone --customer ACME --name 'Ms Wang' \
         --reported 'which form' --need 'an answer' --category advice",
    ),
    ("2026-11-24 09:15", "chen", "ack @asked --answered"),
    (
        "2026-11-24 09:17",
        "chen",
        "resolve @asked --result 'the blue form' --cause 'not on the page' --code advised \
         --done-at 09:15",
    ),
    (
        "2026-11-24 09:15",
        "chen",
        "route @passed --to li --unit network --reason 'beyond the desk' --method phone",
    ),
    ("2026-11-24 09:16", "li", "return @passed --reason 'not ours'"),
    ("2026-11-24 09:17", "chen", "route @passed --to wu --reason 'his field'"),
    (
        "2026-11-24 09:18",
        "chen",
        "return @passed --reason 'too busy' --on-behalf-of wu --method im",
    ),
    ("2026-11-24 09:20", "chen", "route @passed --to li --reason 'after all'"),
    (
        "2026-11-24 09:25",
        "chen",
        "accept @passed --respond-by +3h --reason 'on the road' --on-behalf-of li --method phone",
    ),
    (
        "2026-11-24 09:30",
        "li",
        "respond @passed --informed 'Ms Wang' --method phone --note 'coming'",
    ),
    (
        "2026-11-24 09:32",
        "chen",
        "update @passed --follow-up li --progress implementing --note 'asked him'",
    ),
    (
        "2026-11-24 09:33",
        "chen",
        "update @passed --category hardware --answer 'device=a switch' --reason 'a device it is'",
    ),
    ("2026-11-24 09:34", "li", "update @passed --progress verifying --phase plan"),
    (
        "2026-11-24 09:34",
        "chen",
        "waits = open fault 'The waits one' --channel hotline --customer ACME --name 'Ms Wang' \
         --reported 'it is dark' --need 'light' --category network --expected-by none",
    ),
    ("2026-11-24 09:34", "chen", "ack @waits --reply-by +1h"),
    ("2026-11-24 09:34", "chen", "route @waits --to li --reason 'his field'"),
    ("2026-11-24 09:35", "li", "accept @waits --respond-by +1h"),
    (
        "2026-11-24 09:35",
        "li",
        "hold @waits --reason waiting_customer --resume-by +2h --evidence 'asked for the key'",
    ),
    (
        "2026-11-24 09:40",
        "li",
        "hold @waits --reason waiting_supplier --resume-by +3h --evidence 'part ordered'",
    ),
    ("2026-11-24 09:50", "li", "resume @waits"),
    (
        "2026-11-24 09:52",
        "li",
        "extend @waits --plan 'new switch' --until '2026-11-26 12:00' --refused 'Ms Wang' \
         --method phone",
    ),
    (
        "2026-11-24 09:53",
        "li",
        "extend @waits --plan 'new switch' --until '2026-11-26 12:00' --consent 'Ms Wang' \
         --method phone --evidence 'her mail of 9:53'",
    ),
    ("2026-11-24 09:55", "li", "promise @waits 17:00 --to 'Ms Wang' --what 'a call'"),
    ("2026-11-24 09:56", "li", "fulfil @waits 2 --informed 'Ms Wang' --method phone"),
    ("2026-11-24 09:56", "li", "promise @waits 18:00 --to 'Mr Ho' --what 'a mail'"),
    ("2026-11-24 09:57", "li", "explain @waits 3 'the part comes tomorrow'"),
    (
        "2026-11-24 09:58",
        "chen",
        "escalate @waits --to lin --reason 'over the limit' --method phone",
    ),
    (
        "2026-11-24 09:59",
        "chen",
        "owned = open fault 'The owned one' --channel hotline --customer ACME --name 'Ms Wang' \
         --reported 'it is dark' --need 'light' --expected-by none",
    ),
    ("2026-11-24 09:59", "chen", "ack @owned --reply-by +1h"),
    ("2026-11-24 10:00", "chen", "handover @owned --to sun --reason 'end of shift'"),
    ("2026-11-24 10:01", "sun", "takeover @owned"),
    (
        "2026-11-24 10:05",
        "sun",
        "amend @owned --set 'title=Switch on floor 4' --set 'need=all work again' \
         --reason 'wrong floor'",
    ),
    ("2026-11-24 10:06", "zhang", "amend @owned --set urgency=low --reason 'he said so'"),
    (
        "2026-11-24 10:07",
        "sun",
        "amend @owned --event 2 --note 'it was the other line' --reason 'a slip'",
    ),
    ("2026-11-24 10:08", "li", "link @owned --to @twin --as related"),
    (
        "2026-11-24 10:10",
        "li",
        "update @owned --note 'half way' --at 10:05 --late-because 'was on the road'",
    ),
    (
        "2026-11-24 10:08",
        "chen",
        "visit plan @owned --window 14:00..16:00 --engineer li --with 'Ms Wang' \
         --address 'Harbour Street 5' --need 'a look at the switch' --reason 'no light at all'",
    ),
    (
        "2026-11-24 10:09",
        "chen",
        "visit move @owned --window 10:15..10:20 --engineer nina --agreed-with 'Mr Ho' \
         --reason 'she is near'",
    ),
    ("2026-11-24 10:10", "chen", "visit depart @owned --on-behalf-of nina --method phone"),
    (
        "2026-11-24 10:25",
        "nina",
        "visit arrive @owned --reason 'closed road' --told 'Ms Wang' --told-at 10:12",
    ),
    (
        "2026-11-24 10:26",
        "nina",
        "visit done @owned --work 'changed the cable' --result 'it has light' --parts 'a cable' \
         --left-open 'tidy the rest' --left 10:25 --conduct 'P5:ate a sandwich' --devices 'Mr Ho'",
    ),
    (
        "2026-11-24 10:27",
        "nina",
        "visit sign @owned --by 'Ms Wang' --opinion 4 --comment 'quick work'",
    ),
    ("2026-11-24 10:28", "nina", "visit hand-in @owned"),
    ("2026-11-24 10:29", "chen", "visit archive @owned"),
    (
        "2026-11-24 10:29",
        "chen",
        "visit plan @owned --window 14:00..16:00 --engineer li --address 'Harbour Street 6'",
    ),
    (
        "2026-11-24 10:29",
        "chen",
        "visit cancel @owned 2 --agreed-with 'Ms Wang' --reason 'planned twice'",
    ),
    (
        "2026-11-24 10:29",
        "chen",
        "visit plan @owned --window 10:30..10:40 --engineer li --address 'Harbour Street 7'",
    ),
    ("2026-11-24 10:29", "li", "visit miss @owned 3 --reason 'flat tyre'"),
    (
        "2026-11-24 10:29",
        "chen",
        "visit plan @owned --window 10:30..10:40 --engineer nina --address 'Harbour Street 8'",
    ),
    ("2026-11-24 10:29", "nina", "visit depart @owned"),
    ("2026-11-24 10:30", "nina", "visit arrive @owned"),
    (
        "2026-11-24 10:31",
        "nina",
        "visit done @owned --work looked --result 'it has light' --conduct clean --devices none",
    ),
    ("2026-11-24 10:31", "nina", "visit sign @owned --refused 'nobody was left in the shop'"),
    ("2026-11-24 10:32", "nina", "visit hand-in @owned"),
    ("2026-11-24 10:32", "chen", "visit archive @owned"),
    (
        "2026-11-24 10:32",
        "li",
        "remote start @owned --consent 'Ms Wang' --method phone --consent-at 10:31 --scope view,files \
         --tool RustDesk --install yes --supervised-by 'Mr Ho' --reason 'nobody can say it'",
    ),
    (
        "2026-11-24 10:33",
        "chen",
        "remote end @owned --steps 'looked at the log' --result 'nothing in it' --category network \
         --other-software 'the clock went wrong' --data 'the log:Ms Wang' \
         --client 'kept:for the next time' --on-behalf-of li --method phone",
    ),
    ("2026-11-24 10:34", "nina", "remote refused @owned --by 'Mr Ho' --reason 'not again'"),
    (
        "2026-11-24 10:11",
        "chen",
        "ends = open fault 'The ends one' --product mail --channel hotline --customer ACME --name 'Ms Wang' \
         --reported 'it is dark' --need 'light' --category network --expected-by none",
    ),
    ("2026-11-24 10:12", "chen", "ack @ends --reply-by +1h"),
    ("2026-11-24 10:13", "chen", "route @ends --to li --reason 'his field'"),
    ("2026-11-24 10:14", "li", "accept @ends --respond-by +1h"),
    (
        "2026-11-24 10:30",
        "li",
        "resolve @ends --result 'switch replaced' --cause 'power supply' --code workaround \
         --done-at 10:20 --steps 'took it out' --unmet 'no spare' --referral 'the maker' \
         --informed 'Ms Wang' --method phone",
    ),
    ("2026-11-24 11:00", "sun", "confirm @ends --no-answer --method phone"),
    (
        "2026-11-24 11:05",
        "sun",
        "confirm @ends --with 'Ms Wang' --satisfaction 2 --comment 'still slow'",
    ),
    (
        "2026-11-24 11:10",
        "li",
        "resolve @ends --result 'done anew' --cause 'plain wear' --code fixed \
         --cause-category configuration",
    ),
    (
        "2026-11-24 11:15",
        "sun",
        "confirm @ends --with 'Mr Ho' --satisfaction 4 --comment 'fine now' --method email",
    ),
    ("2026-11-24 11:20", "sun", "close @ends"),
    (
        "2026-11-24 11:30",
        "sun",
        "survey record @ends --satisfaction 1 --by 'Ms Wang' --comment 'came back' \
         --answer speed=slow",
    ),
    ("2026-11-24 11:40", "sun", "reopen @ends --reason 'down again'"),
];

/// The other kinds of records, and the other ends that they come to.
pub(super) const OTHERS: &[Row] = &[
    (
        "2026-11-24 12:00",
        "chen",
        "call = open enquiry 'Ms Wang wants li' --for li --channel phone --customer ACME \
         --name 'Ms Wang' --reported 'is li there' --need 'a call back' --category account \
         --expected-by none --read-back done",
    ),
    ("2026-11-24 12:01", "chen", "relay @call --method phone --note 'at three'"),
    (
        "2026-11-24 12:05",
        "chen",
        "remark = remark 'Hold music is loud' --channel hotline --customer ACME \
         --reported 'it hurts' --explanation 'will be turned down' --wants-reply no --mood uneasy",
    ),
    (
        "2026-11-24 12:10",
        "chen",
        "formal = open --from @remark --kind request --name 'Ms Wang' --need 'other music' \
         --category service",
    ),
    ("2026-11-24 12:11", "chen", "cancel @formal --mistake 'wrong customer'"),
    (
        "2026-11-24 12:11",
        "chen",
        "joke = open request 'A joke' --channel email --customer Globex --name 'Mr Ray' \
         --reported 'ha' --need 'laughter' --category account --expected-by none",
    ),
    (
        "2026-11-24 12:11",
        "chen",
        "pun = open request 'Another joke' --channel email --customer Globex --name 'Mr Ray' \
         --reported 'ha ha' --need 'laughter' --category account --expected-by none",
    ),
    ("2026-11-24 12:11", "chen", "merge @pun --into @joke --reason 'same joke'"),
    ("2026-11-24 12:11", "chen", "cancel @joke --mistake 'no matter at all' --with-merged"),
    (
        "2026-11-24 12:12",
        "chen",
        "close @twin --exception withdrawn --reason 'found it' --with 'Ms Wang' --method phone",
    ),
    ("2026-11-24 12:15", "chen", "ack @request --reply-by +1h"),
    (
        "2026-11-24 12:16",
        "chen",
        "resolve @request --result 'made it' --cause 'she is new' --code fulfilled",
    ),
    ("2026-11-24 12:17", "zhang", "confirm @request --with 'Mr Ray' --satisfaction 5"),
    ("2026-11-24 12:18", "chen", "close @request"),
    ("2026-11-24 12:19", "chen", "survey send @request -o ../out"),
    ("2026-11-24 12:20", "chen", "ack @ho --reply-by +1h"),
    (
        "2026-11-24 12:21",
        "chen",
        "resolve @ho --result 'told him' --cause 'he asked' --code advised",
    ),
    ("2026-11-24 12:22", "sun", "confirm @ho --no-answer --method phone"),
    ("2026-11-24 12:23", "sun", "confirm @ho --no-answer --method phone"),
    ("2026-11-25 09:00", "sun", "confirm @ho --no-answer --method phone"),
    ("2026-11-25 09:01", "sun", "close @ho --exception unreachable --reason 'nobody there'"),
    ("2026-11-25 09:02", "chen", "ack @nina --reply-by +1h"),
    (
        "2026-11-25 09:03",
        "chen",
        "resolve @nina --result 'told her' --cause 'she asked' --code advised",
    ),
    ("2026-11-25 09:04", "zhang", "close @nina --exception other --reason 'company is gone'"),
    (
        "2026-11-25 09:05",
        "chen",
        "outage = open fault 'All is dark' --major outage --channel phone --customer Globex \
         --name 'Mr Ray' --reported 'all dark' --need light --category network \
         --expected-by none --occurred-at unknown",
    ),
];

/// Complaints of customers who are and who are not content in the end.
pub(super) const COMPLAINTS: &[Row] = &[
    (
        "2026-11-25 10:00",
        "chen",
        "late = open complaint 'Nobody came at eleven' --channel hotline --customer ACME \
         --name 'Ms Wang' --reported 'he came at one' --need 'a word' --category service \
         --trigger direct --form oral --against li --remedy 'an excuse' \
         --complainant-role 'business manager' --about @twin",
    ),
    ("2026-11-25 10:01", "chen", "ack @late --reply-by +4h"),
    ("2026-11-25 10:02", "chen", "update @late --verified 'the gate log says so'"),
    ("2026-11-25 10:03", "chen", "update @late --notified mei"),
    ("2026-11-25 10:04", "mei", "route @late --to wu --reason 'of another unit'"),
    ("2026-11-25 10:05", "wu", "accept @late --respond-by +1h"),
    ("2026-11-25 10:06", "gao", "decide @late --finding 'two hours late' --validity partly"),
    (
        "2026-11-25 10:20",
        "wu",
        "resolve @late --result 'told her why' --cause 'two visits' --code substantiated \
         --informed 'Ms Wang' --method phone --corrective 'an excuse' --preventive 'one visit'",
    ),
    (
        "2026-11-25 10:30",
        "chen",
        "confirm @late --with 'Ms Wang' --satisfaction 2 --comment 'not enough'",
    ),
    (
        "2026-11-25 10:31",
        "mei",
        "close @late --dissatisfied 'she wants money' --recourse 'the ombudsman'",
    ),
    (
        "2026-11-25 10:40",
        "chen",
        "lie = open complaint 'He lied' --channel letter --customer ACME --name 'Mr Ho' \
         --reported 'he lied to me' --need 'the truth' --category service --trigger misconduct \
         --prohibition P4 --form written --against network --remedy 'the truth'",
    ),
    ("2026-11-25 10:41", "chen", "ack @lie --reply-by +4h"),
    ("2026-11-25 10:42", "chen", "update @lie --unverified 'no log is kept'"),
    ("2026-11-25 10:43", "chen", "update @lie --notified mei"),
    ("2026-11-25 10:44", "mei", "route @lie --to zhang --reason 'he leads'"),
    ("2026-11-25 10:45", "zhang", "accept @lie --respond-by +30m"),
    ("2026-11-25 10:46", "zhang", "decide @lie --finding 'he did not' --validity invalid"),
    (
        "2026-11-25 10:50",
        "zhang",
        "resolve @lie --result 'told him' --cause 'a mistake' --code unsubstantiated \
         --informed 'Mr Ho' --method letter --corrective 'none needed' --preventive 'none at all'",
    ),
    ("2026-11-25 10:55", "chen", "confirm @lie --not-needed 'he is content'"),
    ("2026-11-25 10:56", "chen", "close @lie"),
];

/// The survey of the month, a record that follows, and due times that a calendar was missing for.
pub(super) const DECEMBER: &[Row] = &[
    ("2026-12-01 09:00", "chen", "survey send --all --month 2026-11 -o ../out"),
    (
        "2026-12-02 09:00",
        "chen",
        "survey record @request --satisfaction 4 --by 'Mr Ray' --answer speed=quick",
    ),
    (
        "2026-12-10 09:00",
        "chen",
        "again = open request 'Once more' --follows @request --channel email --customer Globex \
         --name 'Mr Ray' --reported 'once more' --need 'an account' --category account \
         --expected-by none",
    ),
    ("2026-12-20 09:00", "chen", "survey expire"),
    (
        "2026-12-31 17:00",
        "chen",
        "laptop = open request 'New laptop' --channel email --customer ACME --name 'Ms Wang' \
         --reported 'a new one' --need 'a laptop' --category hardware",
    ),
    ("2026-12-31 17:02", "zhang", "calendar import ../home/2027.json"),
    ("2026-12-31 17:04", "chen", "sla recompute @laptop"),
];
