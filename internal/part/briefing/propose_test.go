package briefing_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/difficulty"
)

func TestSitesWithDifficultiesAreProposedToSpeak(t *testing.T) {
	units := tree.New()
	for id, parent := range map[tree.UnitID]tree.UnitID{1: 0, 2: 1, 3: 1, 4: 2, 5: 2} {
		units.Put(tree.Unit{ID: id, Parent: parent})
	}
	sites := []briefing.Site{{Unit: 2}, {Unit: 3, Topic: "Kinh nghiệm", TopicMinutes: 7}, {Unit: 4, Parent: 1}}
	open := []difficulty.Difficulty{
		{Unit: 4, Milestone: "congress-held", Title: "Thiếu nguồn cấp ủy nữ"}, {Unit: 5, Title: "Hội trường đang sửa"},
	}
	want := []briefing.Proposal{
		{Unit: 2, Milestone: "congress-held", Minutes: 5, Why: briefing.Reason{Kind: briefing.Hindered, Number: 2, Title: "Thiếu nguồn cấp ủy nữ"}},
		{Unit: 3, Minutes: 7, Why: briefing.Reason{Kind: briefing.Wishes, Topic: "Kinh nghiệm"}},
	}
	got := briefing.Propose(board.View{}, sites, briefing.Hindrances(units, sites, open), nil, "2020-07-17")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("proposals (-want +got):\n%s", diff)
	}
}

func TestSitesThatOweAConclusionAreProposedToSpeak(t *testing.T) {
	sites := []briefing.Site{{Unit: 2}, {Unit: 3}, {Unit: 4, Parent: 1}}
	owed := []briefing.Owed{{Unit: 2, Title: "Giữ tiến độ"}, {Unit: 2, Title: "Rà soát nguồn", Late: true}, {Unit: 4, Title: "Của điểm cầu dưới"}, {Unit: 9, Title: "Không dự"}}
	want := []briefing.Proposal{{Unit: 2, Minutes: 5, Why: briefing.Reason{Kind: briefing.Owes, Number: 2, Title: "Rà soát nguồn"}}}
	got := briefing.Propose(board.View{}, sites, nil, briefing.Debts(sites, owed), "2020-07-17")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("proposals (-want +got):\n%s", diff)
	}
}
