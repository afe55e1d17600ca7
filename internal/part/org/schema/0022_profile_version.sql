-- +goose Up
-- The versions of the profile that the installation followed, each from a day on;
-- the newest is in organisation, too.
CREATE TABLE profile_version (
	profile    TEXT   NOT NULL, -- name
	version    TEXT   NOT NULL,
	document   TEXT   NOT NULL, -- the bytes as adopted
	from_date  TEXT   NOT NULL,
	adopted_at BIGINT NOT NULL,
	PRIMARY KEY (profile, version)
);
INSERT INTO profile_version (profile, version, document, from_date, adopted_at)
	SELECT profile, version, document, '1900-01-01', 0 FROM organisation;
