-- +goose Up
-- What was entered in a leader's name is asked for on every page of the leader.
CREATE INDEX folder_leader ON folder (leader_id);
