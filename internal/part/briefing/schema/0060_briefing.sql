-- +goose Up
-- A briefing, as it was called and as it stands now; what happened in it is in the
-- log.
CREATE TABLE briefing (
	id           ROWID_KEY,
	key          TEXT    NOT NULL UNIQUE, -- of the form that called it: one form, one briefing
	unit_id      BIGINT  NOT NULL, -- the host, whose office called it
	directive_id BIGINT  NOT NULL, -- whose boards are shown; 0 for none
	title        TEXT    NOT NULL,
	asked        TEXT    NOT NULL, -- of each site: what it should have ready
	begins_at    BIGINT  NOT NULL,
	minutes      INTEGER NOT NULL, -- planned
	cutoff_at    BIGINT  NOT NULL, -- when its figures were closed; 0 for live ones
	repeats      TEXT    NOT NULL, -- '', weekly, monthly
	series_id    BIGINT  NOT NULL, -- the first of its series; 0 for the first itself
	chair_id     BIGINT  NOT NULL, -- a person
	chair        TEXT    NOT NULL, -- name and post
	state        TEXT    NOT NULL, -- called, open, ended, cancelled
	revision     BIGINT  NOT NULL, -- counts changes, to notice two editors
	called_by    BIGINT  NOT NULL,
	called_at    BIGINT  NOT NULL,
	opened_at    BIGINT  NOT NULL,
	ended_at     BIGINT  NOT NULL,
	paused_at    BIGINT  NOT NULL, -- 0 while it is not
	locked       INTEGER NOT NULL, -- 1: nobody else comes in
	live         INTEGER NOT NULL, -- 1: live figures instead of closed ones
	item_id      BIGINT  NOT NULL, -- the item of the agenda; 0 for none
	turn_id      BIGINT  NOT NULL, -- who has the floor; 0 for nobody
	shown_unit   BIGINT  NOT NULL, -- whose board is shown; 0 for none
	shown_milestone TEXT NOT NULL,
	shown_at     BIGINT  NOT NULL, -- as of a past moment; 0 for the briefing's figures
	neutral      INTEGER NOT NULL  -- 1: a neutral picture, whatever else is shown
);
CREATE INDEX briefing_unit ON briefing (unit_id, begins_at);

CREATE TABLE briefing_secretary (
	briefing_id BIGINT NOT NULL REFERENCES briefing (id),
	person_id   BIGINT NOT NULL,
	name        TEXT   NOT NULL, -- and post
	PRIMARY KEY (briefing_id, person_id)
);

CREATE TABLE briefing_site (
	id            ROWID_KEY,
	briefing_id   BIGINT  NOT NULL REFERENCES briefing (id),
	unit_id       BIGINT  NOT NULL,
	parent_id     BIGINT  NOT NULL, -- the site that brought it in; 0 for those that the host called
	place         INTEGER NOT NULL, -- in the order of speaking and of the roll
	answer        TEXT    NOT NULL, -- '', comes, stand-in, cannot
	answer_reason TEXT    NOT NULL,
	answered_at   BIGINT  NOT NULL,
	stand_in      TEXT    NOT NULL, -- name and post of who comes in place of the leader
	leave         TEXT    NOT NULL, -- of the chair for it: '', given, refused
	topic         TEXT    NOT NULL, -- it wishes to speak about; '' when it does not
	topic_minutes INTEGER NOT NULL,
	arrived_at    BIGINT  NOT NULL, -- first connected; 0 for not yet
	presence      TEXT    NOT NULL, -- as the secretary said: '', present, late, excused, absent
	note          TEXT    NOT NULL,
	heads         INTEGER NOT NULL, -- people in the room
	removed_at    BIGINT  NOT NULL, -- 0 while it may be there
	hand_at       BIGINT  NOT NULL, -- since when it asks for the floor; 0 when it does not
	hand_topic    TEXT    NOT NULL,
	UNIQUE (briefing_id, unit_id)
);
CREATE INDEX briefing_site_unit ON briefing_site (unit_id, briefing_id);

CREATE TABLE briefing_attendee (
	site_id BIGINT  NOT NULL REFERENCES briefing_site (id),
	place   INTEGER NOT NULL,
	name    TEXT    NOT NULL,
	post    TEXT    NOT NULL,
	absent  INTEGER NOT NULL, -- 1: it should be there and is not
	reason  TEXT    NOT NULL,
	PRIMARY KEY (site_id, place)
);

CREATE TABLE briefing_item (
	id          ROWID_KEY,
	briefing_id BIGINT  NOT NULL REFERENCES briefing (id),
	place       INTEGER NOT NULL,
	title       TEXT    NOT NULL,
	minutes     INTEGER NOT NULL,
	site_id     BIGINT  NOT NULL, -- who speaks; 0 for nobody in particular
	unit_id     BIGINT  NOT NULL, -- whose board is shown; 0 for that of the speaker
	milestone   TEXT    NOT NULL,
	why         TEXT    NOT NULL, -- it was proposed: JSON of a reason; '' when somebody wrote it
	began_at    BIGINT  NOT NULL,
	done_at     BIGINT  NOT NULL
);
CREATE INDEX briefing_item_briefing ON briefing_item (briefing_id, place);

CREATE TABLE briefing_turn (
	id          ROWID_KEY,
	briefing_id BIGINT  NOT NULL REFERENCES briefing (id),
	site_id     BIGINT  NOT NULL,
	item_id     BIGINT  NOT NULL, -- 0 for one outside the agenda
	planned     INTEGER NOT NULL, -- seconds
	began_at    BIGINT  NOT NULL,
	ended_at    BIGINT  NOT NULL, -- 0 while it goes on
	paused      BIGINT  NOT NULL  -- microseconds during which the meeting was paused
);
CREATE INDEX briefing_turn_briefing ON briefing_turn (briefing_id, began_at);

CREATE TABLE briefing_question (
	id          ROWID_KEY,
	key         TEXT    NOT NULL UNIQUE, -- of the form
	briefing_id BIGINT  NOT NULL REFERENCES briefing (id),
	site_id     BIGINT  NOT NULL,
	person_id   BIGINT  NOT NULL,
	question    TEXT    NOT NULL,
	asked_at    BIGINT  NOT NULL,
	answer      TEXT    NOT NULL,
	aloud       INTEGER NOT NULL, -- 1: answered aloud
	answered_at BIGINT  NOT NULL
);
CREATE INDEX briefing_question_briefing ON briefing_question (briefing_id, asked_at);

CREATE TABLE briefing_poll (
	id          ROWID_KEY,
	key         TEXT    NOT NULL UNIQUE, -- of the form
	briefing_id BIGINT  NOT NULL REFERENCES briefing (id),
	question    TEXT    NOT NULL,
	opened_at   BIGINT  NOT NULL,
	closed_at   BIGINT  NOT NULL -- 0 while it goes on
);
CREATE INDEX briefing_poll_briefing ON briefing_poll (briefing_id, opened_at);

CREATE TABLE briefing_show (
	poll_id BIGINT  NOT NULL REFERENCES briefing_poll (id),
	site_id BIGINT  NOT NULL,
	yes     INTEGER NOT NULL,
	no      INTEGER NOT NULL,
	neither INTEGER NOT NULL,
	at      BIGINT  NOT NULL,
	PRIMARY KEY (poll_id, site_id)
);

-- The text of the minutes: what the secretary wrote over the record, and who signed
-- it.
CREATE TABLE briefing_minutes (
	briefing_id BIGINT  PRIMARY KEY REFERENCES briefing (id),
	body        TEXT    NOT NULL, -- JSON
	revision    BIGINT  NOT NULL,
	written_by  BIGINT  NOT NULL,
	written_at  BIGINT  NOT NULL,
	signer      TEXT    NOT NULL, -- name and post; '' until it is signed
	signed_at   BIGINT  NOT NULL
);
