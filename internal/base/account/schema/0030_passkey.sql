-- +goose Up
-- Passkeys that people sign in and sign with.
CREATE TABLE passkey (
	id         ROWID_KEY,
	person     BIGINT NOT NULL REFERENCES person (id),
	credential BYTEA  NOT NULL UNIQUE,
	public_key BYTEA  NOT NULL,        -- as COSE writes it
	host       TEXT   NOT NULL,        -- the name that it belongs to
	name       TEXT   NOT NULL,
	count      BIGINT NOT NULL,        -- of uses, as the authenticator counts; 0 for those that do not
	added      BIGINT NOT NULL,
	used       BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX passkey_person ON passkey (person);

-- Challenges that wait for an answer: a new passkey's, or a sign-in's.
CREATE TABLE passkey_challenge (
	challenge TEXT   PRIMARY KEY,
	session   BIGINT NOT NULL, -- in which a passkey is being added; 0 for a sign-in
	name      TEXT   NOT NULL, -- of the passkey
	wanted    TEXT   NOT NULL, -- what the answer is checked against; JSON
	expires   BIGINT NOT NULL
);
