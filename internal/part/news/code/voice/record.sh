#!/usr/bin/env bash
# Makes the recordings beside it: what each character of a code is called in
# Vietnamese, spoken by espeak-ng (Debian's 1.51, voice vi), without the silence
# around it, 16 kHz mono. Run it again after a change of code.Alphabet.
set -euo pipefail
cd "$(dirname "$0")"

speak() { # CHARACTER NAME
	espeak-ng -v vi -s 100 -p 45 -a 90 -w /tmp/spoken.wav "$2"
	ffmpeg -v error -y -i /tmp/spoken.wav -ar 16000 -ac 1 -af \
		"silenceremove=start_periods=1:start_threshold=-55dB,areverse,silenceremove=start_periods=1:start_threshold=-55dB,areverse" \
		-fflags +bitexact -flags:a +bitexact -map_metadata -1 -c:a pcm_s16le "$1.wav"
	rm /tmp/spoken.wav
}

speak H hát
speak K ca
speak N "en nờ"
speak R "e rờ"
speak T tê
speak 3 ba
speak 4 bốn
speak 5 năm
speak 6 sáu
speak 7 bảy
speak 9 chín
