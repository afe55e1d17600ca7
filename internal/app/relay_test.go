package app_test

import (
	"path/filepath"
	"testing"

	"giaoban/internal/app"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/base/testing/livekittest"
	"giaoban/internal/edge/authority"
)

// A site whose firewall lets TLS out and nothing else sees and is seen: its browser
// sends by TURN over TLS alone.
func TestASiteOutOfWhichOnlyTLSGetsSeesAndIsSeen(t *testing.T) {
	dir := t.TempDir()
	if _, err := authority.Load(dir, "localhost", clock.Machine); err != nil {
		t.Fatal(err)
	}
	s := serveDemoAs(t, app.Config{Media: livekittest.Relayed(t, "localhost", filepath.Join(dir, "server.pem")).Find})
	chair, site := s.person(t, "trunguong"), s.person(t, "bacninh")
	room := s.url + "/briefings/1/room"
	for _, b := range []*browser.Browser{chair, site} {
		b.Devices(true)
		b.Go(room)
	}
	site.Eval(onlyByRelay)
	for _, b := range []*browser.Browser{chair, site} {
		b.Click("[data-media-join]")
		b.WaitTrue("picture and sound are there", `["open", "closed"].includes(document.querySelector("[data-media]").dataset.state)`)
	}
	chair.Click(`#act-item button`)
	chair.WaitTrue("ten frames of the site are seen", `document.querySelector(".video video.large")?.getVideoPlaybackQuality().totalVideoFrames > 10`)
	site.WaitTrue("ten frames of the chair are seen", `document.querySelector(".video video.corner")?.getVideoPlaybackQuality().totalVideoFrames > 10`)
	if got := site.Eval(`ways()`); got != "relay tls" {
		t.Errorf("the site sends by %v, want relay tls alone", got)
	}
}

// onlyByRelay has a page's lines know no way but TURN, and tell by ways how they go.
const onlyByRelay = `{
	const lines = [], Line = window.RTCPeerConnection, relayed = (c) => ({...c, iceTransportPolicy: "relay"});
	window.RTCPeerConnection = class extends Line {
		constructor(c, ...a) { super(relayed(c), ...a); lines.push(this); }
		setConfiguration(c) { super.setConfiguration(relayed(c)); }
	};
	window.ways = async () => {
		const ways = new Set();
		for (const line of lines) {
			const stats = await line.getStats();
			for (const s of stats.values()) if (s.type === "transport" && s.selectedCandidatePairId) {
				const local = stats.get(stats.get(s.selectedCandidatePairId).localCandidateId);
				ways.add(local.candidateType + " " + local.relayProtocol);
			}
		}
		return [...ways].join(", ");
	};
	0
}`
