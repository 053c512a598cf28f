#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""advise and story: contract and sense of the answers."""
import base64
import html.parser
import xml.etree.ElementTree

from ctl import ADVICE, CANCELLED, DONE, USAGE, Home, Terminal, case, keys, main, run

VOCABULARY = {
    "devices": "one several", "people": "me others service", "places": "one several browser",
    "switching": "often sometimes rarely", "space": "little plenty", "oldmail": "everything year none",
    "outage": "must nice no", "serverloss": "disaster sorry fine", "connection": "always limited",
    "privacy": "empty-server", "offers": "both imap pop", "quota": "small large", "expires": "30",
    "existing": "none imap pop-remove pop-days pop-keep",
}
PLANS = "imap imap-archive pop-days pop-remove archive-pc web".split()


def advise(*args, **options):
    return run("advise", "--format=json", *args, **options).expect(ADVICE).json()


@case
def contract():
    """the result has every member of the contract, and ends with 3: advice only"""
    advice = keys(advise("--devices=several", "--oldmail=everything"), "mode", "plan", "settings", "sureness",
                  "reasons", "contrast", "what_if", "consequences", "warnings")
    assert advice["mode"] in ("imap", "pop") and advice["plan"] in PLANS
    assert advice["sureness"] in ("clear", "close", "forced")
    for reason in advice["reasons"]:
        keys(reason, "question", "answer", "text", "help")
    for what_if in advice["what_if"]:
        keys(what_if, "question", "answer", "mode", "plan")
    for consequence in advice["consequences"]:
        keys(consequence, "event", "outcome", "text")
    for warning in advice["warnings"]:
        keys(warning, "id", "severity", "text")


@case
def single_answers():
    """each single answer gives a plan, a reason and consequences"""
    for key, values in VOCABULARY.items():
        for value in values.split():
            advice = advise(f"--{key}={value}")
            assert advice["reasons"] and advice["consequences"] and advice["contrast"], (key, value)
            assert advice["answers"] == {key: int(value) if value.isdigit() else value}


@case
def sense():
    """nothing said: IMAP; several devices: IMAP; one device: POP with copies left; one protocol: that one"""
    assert advise()["mode"] == "imap"
    assert advise("--devices=several")["mode"] == "imap"
    one = advise("--devices=one")
    assert one["mode"] == "pop" and one["settings"]["leave_days"] > 0, one
    for offer in "imap", "pop":
        forced = advise(f"--offers={offer}", "--devices=several" if offer == "pop" else "--devices=one")
        assert forced["mode"] == offer and forced["sureness"] == "forced", forced


@case
def what_ifs_hold():
    """a what-if, given as an answer, leads to the plan that it names"""
    given = {"devices": "one"}
    for what_if in advise("--devices=one")["what_if"]:
        answers = {**given, what_if["question"]: what_if["answer"]}
        again = advise(*(f"--{key}={value}" for key, value in answers.items() if value is not None))
        assert (again["mode"], again["plan"]) == (what_if["mode"], what_if["plan"]), what_if


@case
def wrong_answers():
    """an unknown value ends with 2 and lists the possible ones; an unknown key lists the options"""
    for key, values in VOCABULARY.items():
        result = run("advise", f"--{key}=x-wrong").expect(USAGE).says("x-wrong")
        if key != "expires":
            result.says(*values.split())
        assert result.out == ""
    run("advise", "--colour=red").expect(USAGE).says("--colour", "--devices")
    for days in "0", "-3", "1e3", "99999999999":
        run("advise", f"--expires={days}").expect(USAGE)


@case
def answers_from_files():
    """answers come from a file or standard input, as lines or JSON; options stand above them"""
    with Home() as home:
        lines = home.write("answers", "# mine\ndevices=one\noutage = must\n")
        assert advise(f"--answers={lines}", home=home)["answers"] == {"devices": "one", "outage": "must"}
        assert advise(f"--answers={lines}", "--devices=several", home=home)["answers"]["devices"] == "several"
        assert advise("--answers=-", stdin='{"devices": "one", "expires": 30}')["answers"] == \
            {"devices": "one", "expires": 30}
        result = run("advise", "--format=json", f"--answers={lines}", home=home)
        assert advise("--answers=-", stdin=result.out)["answers"] == {"devices": "one", "outage": "must"}


@case
def wrong_files():
    """a wrong answers file ends with 2 and says what is wrong with it"""
    for text, word in (("devices", "KEY=VALUE"), ("devices=three", "three"), ("a=b", "a"), ("{", ""),
                       ('{"devices": ["one"]}', "devices"), ("devices=one\n" * 40000, "large"),
                       ('{"devices":' + "[" * 200000, "JSON")):
        run("advise", "--answers=-", stdin=text).expect(USAGE).says(word)
    run("advise", "--answers=/does/not/exist").expect(USAGE).says("/does/not/exist")


@case
def text():
    """the text starts with the plan and gives reasons, contrast and what happens when"""
    out = run("advise", "--devices=several", "--oldmail=everything").expect(ADVICE).out
    for word in "Because", "Why not POP?", "What happens when…", "How sure is this?":
        assert word in out, out
    short = run("advise").out
    assert len(run("advise", "--all").out) > len(short) > 0
    assert all(len(line) <= 80 for line in out.split("\n")), out


@case
def questions():
    """without answers it asks on a terminal, Enter means not sure, Ctrl+C ends with 4"""
    with Home() as home:
        terminal = Terminal(home, "advise")
        terminal.wait_for("not sure:")
        assert "\n  1. One" in terminal.seen and "\n  2. " in terminal.seen, terminal.seen
        terminal.type("9\n1\n" + "\n" * 12)
        assert terminal.finish() == ADVICE, terminal.seen
        assert terminal.seen.count("On how many devices") == 1 and "Because" in terminal.seen, terminal.seen
        terminal = Terminal(home, "advise")
        terminal.wait_for("not sure:")
        terminal.type("\x03")
        assert terminal.finish() == CANCELLED, terminal.seen


@case
def story_contract():
    """story tells each step with the state of each letter at each place"""
    story = run("story", "--format=json", "pop-days", "receive", "device-lost").expect(DONE).json()
    keys(story, "plan", "places", "steps")
    assert story["plan"] == "pop-days" and story["places"][0]["type"] == "server"
    assert story["steps"]
    for step in story["steps"]:
        keys(step, "event", "text", "why", "summaries", "letters")
        assert len(step["letters"]) == len(story["places"]), step


@case
def code_reproduces_answers():
    """the code of an advice gives the same advice again, and options stand above it"""
    answers = ("--devices=several", "--switching=often", "--oldmail=everything", "--expires=60")
    first = advise(*answers)
    again = advise("--code=" + first["code"].upper())
    assert first == again, (first, again)
    assert advise("--code=" + first["code"], "--devices=one")["answers"]["devices"] == "one"
    assert first["code"] in run("advise", *answers).expect(ADVICE).out
    run("advise", "--code=nonsense!").expect(USAGE).says("nonsense!")


class Page(html.parser.HTMLParser):
    """Reads a page, and keeps what it would load and what it shows."""

    def __init__(self, text):
        super().__init__()
        self.loads, self.alts, self.tags, self.text = [], [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        attributes = dict(attributes)
        self.loads += [attributes[name] for name in ("src", "href", "action") if name in attributes]
        if tag == "img":
            self.alts.append(attributes.get("alt"))

    def handle_data(self, data):
        self.text += data


@case
def page():
    """--format=html is one page with text and pictures that loads nothing and runs nothing"""
    answers = ("--devices=several", "--oldmail=everything")
    advice = advise(*answers)
    page = Page(run("advise", "--format=html", *answers).expect(ADVICE).out)
    assert "script" not in page.tags and "link" not in page.tags
    assert len(page.alts) >= 3 and all(page.alts), page.alts
    for url in page.loads:
        kind, _, data = url.partition(",")
        assert kind == "data:image/svg+xml;base64", url[:60]
        xml.etree.ElementTree.fromstring(base64.b64decode(data))
    for text in [c["text"] for c in advice["consequences"]] + [advice["code"]]:
        assert text in page.text, text
    run("story", "--format=html", "imap", "receive").expect(USAGE)


@case
def described_devices():
    """devices named on the command line: warnings, a plan for each, and more than one are several"""
    pc, phone = "--device=Office:computer:pop:days=14", "--device=:phone:imap"
    advice = advise(pc, phone, "--oldmail=everything")
    assert advice["answers"]["devices"] == "several"
    assert [(d["name"], d["kind"], d["method"]) for d in advice["devices"]] == \
        [("Office", "computer", "pop"), (None, "phone", "imap")]
    assert advice["devices"][0]["copies"] == "days" and advice["devices"][0]["days"] == 14
    assert [d["method"] for d in advice["devices_planned"]] == ["imap", "imap"]
    assert advice["plan"] == "imap-archive" and advice["devices_planned"][0]["archive"] is True
    assert "pop-days" in {w["id"] for w in advice["warnings"]}, advice["warnings"]
    assert "devices" not in advise("--devices=several")
    assert advise(pc)["answers"] == {} and len(advise(pc)["devices"]) == 1
    assert advise(pc, phone, "--devices=one")["answers"] == {"devices": "one"}
    assert advise(pc, "--device=:browser:web")["answers"] == {}


@case
def described_devices_without_a_computer():
    """no archive without a computer to keep it, and that is said"""
    advice = advise("--device=A:phone:imap", "--device=B:tablet:imap", "--oldmail=everything")
    assert "no-archive-device" in {w["id"] for w in advice["warnings"]}, advice["warnings"]
    assert not any(d.get("archive") for d in advice["devices_planned"])


@case
def described_devices_as_text():
    """the text and the page name the devices; what is no device ends with 2"""
    given = ("--device=Kitchen & Co:computer:pop:remove", "--device=Pocket:phone:imap", "--device=New:tablet:none")
    out = run("advise", *given).expect(ADVICE).out
    for words in ("Kitchen & Co: IMAP", "Pocket: IMAP", "New: IMAP", "Kitchen & Co takes"):
        assert words in out, out
    page = run("advise", "--format=html", *given).expect(ADVICE).out
    assert "Kitchen &amp; Co: " in page and "Pocket: " in page and "Kitchen & Co" not in page
    run("advise", "--device=Pocket").expect(USAGE).says("NAME:KIND:METHOD")
    run("advise", "--device=Pocket:fridge:imap").expect(USAGE).says("fridge")


@case
def story_of_every_plan_and_event():
    """every plan lives through every event that the help names"""
    listed = run("story", "imap").expect(USAGE).err
    events = " ".join(listed.split()).split("Events: ")[1].split(". Try")[0].rstrip(".").split(", ")
    assert len(events) >= 6, events
    for plan in PLANS:
        for event in events:
            story = run("story", "--format=json", plan, event).expect(DONE).json()
            told = {step["event"] for step in story["steps"]}
            assert story["steps"] and told <= {event, None}, (plan, event, told)
        everything = run("story", "--format=json", plan, *events).expect(DONE).json()
        assert len({step["event"] for step in everything["steps"]}) > len(events) / 2, plan


@case
def story_usage():
    """an unknown plan or event ends with 2 and lists those that exist"""
    run("story").expect(USAGE).says(*PLANS)
    run("story", "smtp", "receive").expect(USAGE).says(*PLANS)
    run("story", "imap", "earthquake").expect(USAGE).says("receive")


main()
