use super::*;

const NOTES: &[u8] = b"II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\
\x25\x88\x04\0\x01\0\0\0\0\0\0\0\0\0\0\0GPS 31.2304N 121.4737E";

/// One dot of one colour.
const SIZE: &[u8] = b"\x08\0\x01\0\x01\x01\x01\x11\0";

fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], &length[..], data].concat()
}

/// A picture as a telephone makes it: with its place, a preview, a comment and a film behind it.
fn jpeg() -> Vec<u8> {
    [
        &b"\xff\xd8"[..],
        &segment(0xe0, b"JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01PREVIEW"),
        &segment(0xe1, &[b"Exif\0\0", NOTES].concat()),
        &segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>GPS</x:xmpmeta>"),
        &segment(0xe2, b"ICC_PROFILE\0\x01\x01colours"),
        &segment(0xe2, b"MPF\0GPS"),
        &segment(0xed, b"Photoshop 3.0\0GPS city"),
        &segment(0xee, b"Adobe\0\x64\0\0\0\0\x01"),
        &segment(0xfe, b"taken by Wang Min, GPS"),
        &segment(0xdb, &[0; 65]),
        &segment(0xc0, SIZE),
        &segment(0xda, b"\x01\x01\0\0\x3f\0"),
        b"\x12\xff\x00\x34\xff\xd0\x56",
        b"\xff\xd9",
        b"....ftypmp42GPS film",
    ]
    .concat()
}

fn chunk(name: &[u8], data: &[u8]) -> Vec<u8> {
    let named = [name, data].concat();
    // bit by bit, and not as the program does it
    let mut sum = u32::MAX;
    for byte in &named {
        for bit in 0..8 {
            let low = (sum ^ u32::from(byte >> bit)) & 1;
            sum = (sum >> 1) ^ (0xedb8_8320 * low);
        }
    }
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length[..], &named, &(!sum).to_be_bytes()].concat()
}

fn png() -> Vec<u8> {
    [
        &b"\x89PNG\r\n\x1a\n"[..],
        &chunk(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0"),
        &chunk(b"tEXt", b"Author\0Wang Min GPS"),
        &chunk(b"gAMA", b"\0\0\xb1\x8f"),
        &chunk(b"eXIf", NOTES),
        &chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0GPS"),
        &chunk(b"IDAT", b"picture"),
        &chunk(b"tIME", b"\x07\xea\x0b\x16GPS"),
        &chunk(b"IEND", b""),
        b"GPS behind it",
    ]
    .concat()
}

fn riff(name: &[u8], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_le_bytes();
    let filled: &[u8] = if data.len() % 2 == 1 { b"\0" } else { b"" };
    [name, &length[..], data, filled].concat()
}

fn webp() -> Vec<u8> {
    let frame = |drawn: &[u8]| {
        let head = b"\0\0\0\0\0\0\x01\x02\x03\x04\x05\x06GPS\0";
        riff(b"ANMF", &[head, &riff(b"VP8 ", drawn)[..], &riff(b"note", b"GPS")].concat())
    };
    let body = [
        &b"WEBP"[..],
        &riff(b"VP8X", b"\x2e\0\0\0\0\0\0\0\0\0"),
        &riff(b"ICCP", b"colours"),
        &riff(b"ANIM", b"\0\0\0\0\0\0"),
        &frame(b"one"),
        &frame(b"GPS two"),
        &riff(b"EXIF", NOTES),
        &riff(b"XMP ", b"<x>GPS</x>"),
    ]
    .concat();
    [riff(b"RIFF", &body), b"GPS behind it".to_vec()].concat()
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

#[test]
fn where_and_by_whom_a_picture_was_made_is_gone_and_how_it_is_turned_is_not() {
    for (name, bytes, drawn) in [
        ("a.JPG", jpeg(), &b"\x12\xff\x00\x34\xff\xd0\x56"[..]),
        ("b.png", png(), b"gAMA"),
        ("c.webp", webp(), b"one"),
    ] {
        assert!(holds(&bytes, b"GPS"), "{name}");
        let vetted = vet(name, bytes).unwrap();
        assert!(vetted.is_stripped, "{name}");
        for gone in [&b"GPS"[..], b"Wang", b"121.47", b"PREVIEW", b"xmp", b"colours"] {
            assert!(!holds(&vetted.bytes, gone), "{name} {}", gone.escape_ascii());
        }
        assert!(holds(&vetted.bytes, drawn), "{name}");
        assert!(holds(&vetted.bytes, b"\x01\x12\0\x03\0\0\0\x01\0\x06"), "{name} is not turned");
        let again = vet(name, vetted.bytes.clone()).unwrap();
        assert_eq!(again, VettedFile { is_stripped: false, ..vetted }, "{name}");
    }
}

/// An animation becomes its first picture, as large as that is: what the others show, the time that each
/// stands and where it does may be anything.
#[test]
fn of_an_animation_the_first_picture_is_kept() {
    let extended = b"\x18\0\0\0\x01\x02\x03\x04\x05\x06";
    let first = [&b"WEBP"[..], &riff(b"VP8X", extended), &riff(b"VP8 ", b"one")].concat();
    let first = riff(b"RIFF", &[&first[..], &riff(b"EXIF", &exif::notes(6))].concat());
    assert!(holds(&webp(), b"two"));
    let mut translucent = webp();
    let flags = translucent.windows(4).position(|it| it == b"VP8X").unwrap() + 8;
    translucent[flags] |= 0x10;
    assert_eq!(vet("c.webp", translucent).unwrap().bytes, first);

    let size = chunk(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0");
    let (drawn, end) = (chunk(b"IDAT", b"picture"), chunk(b"IEND", b""));
    let head = &b"\x89PNG\r\n\x1a\n"[..];
    let moving = [
        chunk(b"acTL", b"\0\0\0\x02\0\0\0\0"),
        chunk(b"fcTL", b"Wang Min 13812341234 home!"),
        drawn.clone(),
        chunk(b"fcTL", b"\0\0\0\x01 Min 13812341234 home!"),
        chunk(b"fdAT", b"\0\0\0\x02Wang Min 13812341234"),
    ];
    let bytes = [head, &size, &moving.concat(), &end].concat();
    assert_eq!(vet("b.png", bytes).unwrap().bytes, [head, &size, &drawn, &end].concat());
}

/// A picture of a type, what is told of it, and what is hidden in it.
type HiddenCase = (&'static str, String, Vec<u8>, &'static [u8]);

/// What is hidden, or a part of it: no byte is a length or a number that fits.
const HIDDEN: &[u8] = b"Wang Min 13812341234, at home till nine!";

#[test]
fn nothing_that_is_hidden_where_nothing_is_drawn_is_kept() {
    for (all, least) in [(hiding_jpegs(), 10_000), (hiding_pngs(), 3_500), (hiding_webps(), 35)] {
        let (mut kept, mut refused) = (0, 0);
        for (name, story, bytes, hidden) in all {
            assert!(holds(&bytes, hidden), "{name}: {story}");
            match vet(name, bytes) {
                Ok(vetted) => {
                    kept += 1;
                    assert!(vetted.is_stripped && !holds(&vetted.bytes, hidden), "{name}: {story}");
                    let again = vet(name, vetted.bytes.clone()).unwrap();
                    let same = VettedFile { is_stripped: false, ..vetted };
                    assert_eq!(again, same, "{name}: {story}");
                }
                Err(FileFault::Damaged { .. }) => refused += 1,
                Err(fault) => panic!("{name}: {story}: {fault:?}"),
            }
        }
        assert!(kept > least && refused < kept / 10, "{kept} kept, {refused} refused");
    }
}

fn hiding_jpegs() -> Vec<HiddenCase> {
    let mut all = Vec::new();
    let size = segment(0xc0, SIZE);
    let scan = [segment(0xda, b"\x01\x01\0\0\x3f\0"), b"\x12\x34".to_vec()].concat();
    let mut add = |story: String, parts: &[&[u8]], hidden| {
        let bytes = [&b"\xff\xd8"[..], &parts.concat(), b"\xff\xd9"].concat();
        all.push(("a.jpg", story, bytes, hidden));
    };
    let heads: [&[u8]; 8] = [
        b"",
        b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0",
        b"JFXX\0",
        b"Exif\0\0",
        b"ICC_PROFILE\0\x01\x01",
        b"Adobe\0\x64\0\0\0\0\0",
        b"Adobe",
        b"MPF\0",
    ];
    for marker in (0x02..=0xfe).filter(|marker| !(0xd0..=0xd9).contains(marker)) {
        for (head, hidden) in heads.iter().flat_map(|head| [(head, &HIDDEN[..7]), (head, HIDDEN)]) {
            let with = segment(marker, &[head, hidden].concat());
            add(format!("{marker:x} first"), &[&with, &size, &scan], hidden);
            add(format!("{marker:x} later"), &[&size, &with, &scan], hidden);
            add(format!("{marker:x} last"), &[&size, &scan, &with], hidden);
        }
    }
    for (marker, whole) in [0xc0, 0xc4, 0xcc, 0xda, 0xdb, 0xdc, 0xdd].iter().zip([
        SIZE,
        b"\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x07",
        b"\0\x01",
        b"\x01\x01\0\0\x3f\0",
        &[0; 65],
        b"\0\x01",
        b"\0\x01",
    ]) {
        let longer = segment(*marker, &[whole, HIDDEN].concat());
        add(format!("behind {marker:x}"), &[&longer, &size, &scan], HIDDEN);
        let whole = segment(*marker, whole);
        let behind = [&whole[..], &size, &scan, b"\xff\xd9", HIDDEN];
        add(format!("behind the end, with {marker:x}"), &behind, HIDDEN);
    }
    // as many colours as make it as long as it says
    let many = segment(0xc0, &[b"\x08\0\x01\0\x01\x0e", HIDDEN, b"  "].concat());
    add("colours".to_owned(), &[&many, &size, &scan], HIDDEN);
    let many = segment(0xda, &[b"\x14\0", HIDDEN, b"\x3f\0"].concat());
    add("scans".to_owned(), &[&size, &scan, &many], HIDDEN);
    all
}

fn hiding_pngs() -> Vec<HiddenCase> {
    let mut all = Vec::new();
    let size = chunk(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0");
    let drawn = chunk(b"IDAT", b"picture");
    let (moving, end) = (chunk(b"acTL", b"\0\0\0\x01\0\0\0\0"), chunk(b"IEND", b""));
    for name in [
        b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV", b"cLLI", b"sBIT",
        b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT", b"tEXt", b"zTXt", b"iTXt", b"tIME", b"sPLT",
        b"hIST", b"eXIf", b"prVt", b"dSIG", b"iDOT", b"IEND",
    ] {
        for length in 4..=HIDDEN.len() {
            let hidden = chunk(name, &HIDDEN[..length]);
            let told = format!("{} of {length}", name.escape_ascii());
            for parts in [
                [&size, &hidden, &drawn, &end],
                [&size, &drawn, &hidden, &end],
                [&size, &drawn, &end, &hidden],
            ] {
                // in a picture that stands still, and in one that moves
                for before in [&[][..], &moving] {
                    let [first, rest @ ..] = parts.map(|part| &part[..]);
                    let start = [b"\x89PNG\r\n\x1a\n", first, before].concat();
                    let bytes = [start, rest.concat()].concat();
                    all.push(("b.png", told.clone(), bytes, &HIDDEN[..length]));
                }
            }
        }
    }
    all
}

fn hiding_webps() -> Vec<HiddenCase> {
    let mut all = Vec::new();
    let mut add = |story: String, body: &[&[u8]]| {
        let whole = riff(b"RIFF", &[b"WEBP", &body.concat()[..]].concat());
        all.push(("c.webp", story, [whole, HIDDEN.to_vec()].concat(), HIDDEN));
    };
    let picture = riff(b"VP8 ", b"one");
    let frame = riff(b"ANMF", &[&[7; 16][..], &picture].concat());
    let moving = riff(b"ANIM", b"\0\0\0\0\0\0");
    let extended = riff(b"VP8X", b"\xff\0\0\0\0\0\0\0\0\0");
    let names = [&b"ICCP"[..], b"EXIF", b"XMP ", b"VP8X", b"ANIM", b"note", b"ALPH", b"VP8 "];
    for name in names {
        for at in 1..=4 {
            let hidden = riff(name, HIDDEN);
            let mut parts = vec![&extended[..], &moving, &frame, &picture];
            parts.insert(at, &hidden);
            add(format!("{} at {at}", name.escape_ascii()), &parts);
        }
    }
    let hidden = riff(b"VP8 ", HIDDEN);
    let second = riff(b"ANMF", &[&HIDDEN[..16], &hidden].concat());
    add("a second frame".to_owned(), &[&extended, &moving, &frame, &second]);
    let still = riff(b"VP8X", &[0; 10]);
    add("a second picture".to_owned(), &[&still, &picture, &hidden]);
    add("a frame of none that moves".to_owned(), &[&still, &picture, &second]);
    let longer = riff(b"VP8X", &[b"\xff".as_slice(), &[0; 9], HIDDEN].concat());
    add("behind the head".to_owned(), &[&longer, &picture]);
    add("behind a plain picture".to_owned(), &[&picture, &riff(b"VP8L", HIDDEN)]);
    all
}

#[test]
fn a_picture_that_stands_upright_keeps_no_notes() {
    let upright = |notes: &[u8]| {
        let mut notes = notes.to_vec();
        let place = notes.windows(4).position(|it| it == b"\x06\0\0\0").unwrap();
        notes[place] = 1;
        notes
    };
    let bytes = [b"\xff\xd8", &jpeg()[2..]].concat();
    let at = bytes.windows(NOTES.len()).position(|it| it == NOTES).unwrap();
    let bytes = [&bytes[..at], &upright(NOTES), &bytes[at + NOTES.len()..]].concat();
    assert!(!holds(&vet("a.jpg", bytes).unwrap().bytes, b"Exif"));
}

#[test]
fn a_picture_that_breaks_off_anywhere_is_refused() {
    for (name, bytes, file_type) in [
        ("a.jpg", jpeg(), FileType::Jpg),
        ("b.png", png(), FileType::Png),
        ("c.webp", webp(), FileType::Webp),
    ] {
        let whole = vet(name, bytes.clone()).unwrap();
        let behind = bytes.windows(4).rposition(|it| it == b"GPS " || it == b"....").unwrap();
        let behind =
            if name == "a.jpg" { bytes.len() - b"....ftypmp42GPS film".len() } else { behind };
        assert!(whole.bytes.len() < behind, "{name}");
        for end in 16..behind {
            let fault = vet(name, bytes[..end].to_vec()).unwrap_err();
            assert_eq!(fault, FileFault::Damaged { file_type }, "{name} {end}");
        }
    }
}

#[test]
fn whatever_stands_in_a_picture_nothing_panics() {
    for (name, bytes) in [("a.jpg", jpeg()), ("b.png", png()), ("c.webp", webp())] {
        for place in 0..bytes.len() {
            for value in [0, 1, 0x7f, 0x80, 0xff] {
                let mut wrong = bytes.clone();
                wrong[place] = value;
                if let Ok(vetted) = vet(name, wrong) {
                    assert!(vet(name, vetted.bytes).is_ok(), "{name} {place} {value}");
                }
            }
        }
    }
}

#[test]
fn the_ending_of_a_name_has_to_fit_the_content() {
    use FoundContent::{ControlText, Named, Text, Unknown, WideText};
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec();
    let other = |ending: &str, found| FileFault::OtherContent { ending: ending.to_owned(), found };
    let ends = |ending: &str, found| FileFault::NotPermitted { ending: ending.to_owned(), found };
    for (name, bytes, fault) in [
        ("a.jpg", heic.clone(), other("jpg", Named("HEIC"))),
        ("a.heic", heic, ends("heic", Named("HEIC"))),
        ("a.png", jpeg(), other("png", Named("JPEG"))),
        ("a.txt", b"%PDF-1.7\n".to_vec(), other("txt", Named("PDF"))),
        ("a.docx", b"PK\x03\x04word".to_vec(), ends("docx", Named("ZIP"))),
        ("a.exe", b"MZ\x90\0\x03".to_vec(), ends("exe", Named("EXE"))),
        ("a.log", b"MZ\x90\0\x03".to_vec(), other("log", Named("EXE"))),
        ("a.jpg", b"not a picture".to_vec(), other("jpg", Text)),
        ("a.log", b"\x1b[31mred\x1b[0m\n".to_vec(), other("log", ControlText)),
        ("a.txt", "a\u{9b}31m".as_bytes().to_vec(), other("txt", ControlText)),
        ("a.txt", b"\xff\xfea\0b\0".to_vec(), other("txt", WideText)),
        ("a.csv", b"\0\x01\x02".to_vec(), other("csv", Unknown)),
        ("a.txt", b"\xd6\xd0\xff".to_vec(), other("txt", Unknown)),
        ("a.eml", b"Hello,\nno header".to_vec(), FileFault::Damaged { file_type: FileType::Eml }),
        ("a", b"text".to_vec(), ends("", Text)),
        (".bashrc/x", b"text".to_vec(), ends("", Text)),
        ("a.txt", Vec::new(), FileFault::Empty),
    ] {
        assert_eq!(vet(name, bytes), Err(fault), "{name}");
    }
}

#[test]
fn texts_mails_documents_and_archives_are_kept_as_they_are() {
    for (name, bytes, file_type) in [
        ("x.TXT", "接口 down\r\n\ttab\n".as_bytes(), FileType::Txt),
        ("x.log", b"MZ is no sign at the head of a text", FileType::Log),
        ("x.csv", b"\xd6\xd0\xce\xc4,\x81\x30\x81\x30\n", FileType::Csv),
        ("x.eml", b"Subject: =?GBK?B?1tDOxA==?=\r\n\r\n\xd6\xd0\xff", FileType::Eml),
        ("x.eml", b"From wang@example.com Mon Nov 23\n", FileType::Eml),
        ("../x.pdf", b"%PDF-1.7\n\0\x01", FileType::Pdf),
        ("x.zip", b"PK\x03\x04 a bomb is kept, never unpacked", FileType::Zip),
    ] {
        let vetted = VettedFile { file_type, bytes: bytes.to_vec(), is_stripped: false };
        assert_eq!(vet(name, bytes.to_vec()), Ok(vetted), "{name}");
    }
}
