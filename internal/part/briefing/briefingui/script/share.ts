// Sharing the screen: it is shown to all once the briefing says so, and ends when the
// briefing shows something else.
import type {Room} from "./livekit/livekit-client.esm.js";
import type {Facts, LiveKit} from "./pictures";
import {send} from "./act";

/** Share is the button by which a person shares the screen. */
export class Share {
  private shown = false; // the briefing has said so

  constructor(private kit: LiveKit, private room: Room, private button: HTMLButtonElement, private form: HTMLFormElement, private action: string, private own: string, private told: (text: string) => void, private words: Record<string, string>) {
    room.on(kit.RoomEvent.LocalTrackUnpublished, (publication) => {
      if (publication.source !== kit.Track.Source.ScreenShare) return;
      if (this.shown) void this.tell("0"); // by the browser's own button
      this.shown = false;
      this.dress();
    });
    button.onclick = () => void this.toggle();
    this.dress();
  }

  private sharing(): boolean {
    return this.room.localParticipant.getTrackPublication(this.kit.Track.Source.ScreenShare) !== undefined;
  }

  private async toggle(): Promise<void> {
    if (this.sharing()) {
      await this.room.localParticipant.setScreenShareEnabled(false);
      return;
    }
    try {
      await this.room.localParticipant.setScreenShareEnabled(true, {audio: false});
    } catch {
      this.told(this.words["share-failed"]);
      return;
    }
    const refused = await this.tell(this.own);
    if (refused) {
      this.told(refused);
      await this.room.localParticipant.setScreenShareEnabled(false);
    }
    this.dress();
  }

  private async tell(screen: string): Promise<string | undefined> {
    const field = this.form.elements.namedItem("screen") as HTMLInputElement;
    field.defaultValue = screen;
    return await send(this.form, null, this.words.failed, this.action);
  }

  /** follow ends the sharing when the briefing shows something else, and offers it where
   * the server lets the person. */
  follow(now: Facts): void {
    if (now.screen === this.own) this.shown = this.sharing();
    else if (this.shown) {
      this.shown = false;
      void this.room.localParticipant.setScreenShareEnabled(false);
    }
    this.dress();
  }

  private dress(): void {
    const may = this.room.localParticipant.permissions?.canPublishSources ?? [];
    this.button.hidden = !may.includes(this.kit.Track.sourceToProto(this.kit.Track.Source.ScreenShare)) || !navigator.mediaDevices?.getDisplayMedia;
    this.button.setAttribute("aria-pressed", String(this.sharing()));
  }

  close(): void {
    this.button.hidden = true;
  }
}
