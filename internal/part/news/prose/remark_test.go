package prose_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/part/news/prose"
)

func TestACommentIsCleanPlainText(t *testing.T) {
	for typed, want := range map[string]string{
		"  Rất tốt. \r\n\r\n\r\n\r\nĐề  nghị\tlàm tiếp.\n\n": "Rất tốt.\n\nĐề nghị làm tiếp.",
		"Câ\u0300n Thơ":                                "Cần Thơ",
		"a\u202egpj.exe\u2069\x00\a":                   "agpj.exe",
		"\ufeffxin\u200b chào\u00ad":                   "xin chào",
		"\u0301\u0301Z" + strings.Repeat("\u0301", 50): "Ź\u0301\u0301\u0301\u0301",
		"<b>đậm</b> & hết":                             "<b>đậm</b> & hết",
		"👨‍👩‍👧 ok":                                     "👨‍👩‍👧 ok",
		"một\u2028hai\u2029ba":                         "một\nhai\n\nba",
		"hỏng \xff rồi":                                "hỏng � rồi",
	} {
		got, err := prose.Comment(typed, 0)
		if string(got) != want || err != nil {
			t.Errorf("Comment(%q) = %q, %v, want %q", typed, got, err, want)
		}
	}
}

func TestACommentOfNothingOrTooMuchIsRefused(t *testing.T) {
	_, err := prose.Comment(" \n\u200b\u202e\n", 0)
	refused(t, "nothing", err, "prose.comment-needed", prose.RemarkField)
	_, err = prose.Comment(strings.Repeat("ộ", prose.DefaultRemark+1), 0)
	refused(t, "too much", err, "prose.comment-long", prose.RemarkField)
	if _, err := prose.Comment(strings.Repeat("ô\u0323", prose.DefaultRemark), 0); err != nil {
		t.Errorf("just enough, in another normal form: %v", err)
	}
	_, err = prose.Comment("ba từ đây", 3)
	refused(t, "more than an office wants", err, "prose.comment-long", prose.RemarkField)
}

func TestACommentIsShownInParagraphsWithItsLinks(t *testing.T) {
	remark, err := prose.Comment("Xem (https://example.vn/a_(b)?c=d&e=f), và HTTP://Example.vn.\n<b>\n\nhttp://a@b/ javascript:alert(1)", 0)
	if err != nil {
		t.Fatal(err)
	}
	const rel = ` rel="nofollow ugc noopener">`
	want := `<p>Xem (<a href="https://example.vn/a_(b)?c=d&amp;e=f"` + rel + `https://example.vn/a_(b)?c=d&amp;e=f</a>), và <a href="http://Example.vn"` + rel +
		"HTTP://Example.vn</a>.<br>&lt;b&gt;</p>\n<p>http://a@b/ javascript:alert(1)</p>\n"
	if diff := cmp.Diff(want, string(remark.HTML())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"https://example.vn/a_(b)?c=d&e=f", "http://Example.vn"}, remark.Links()); diff != "" {
		t.Errorf("its links (-want +got):\n%s", diff)
	}
}
