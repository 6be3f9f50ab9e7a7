import './style/tokens.css';
import './style/base.css';
import './style/layout.css';
import { render } from 'preact';
import { connect } from './api/events.ts';
import { forgetFirst } from './api/first-answers.ts';
import { listenForKeys } from './keys/use-keys.ts';
import { followAddress } from './navigation.tsx';
import { Shell } from './shell.tsx';
import { keepInfo } from './state/info.ts';
import { watchRuns } from './state/notify.ts';
import { applyTheme } from './state/theme.ts';

applyTheme();
followAddress();
keepInfo();
listenForKeys();
watchRuns();
const app = document.getElementById('app');
if (app !== null) render(<Shell />, app);
forgetFirst();
// After what is seen: a connection takes the browser some time.
setTimeout(connect);
