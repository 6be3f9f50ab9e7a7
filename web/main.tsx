import './style/tokens.css';
import './style/base.css';
import './style/layout.css';
import { render } from 'preact';
import { connect } from './api/events.ts';
import { listenForKeys } from './keys/use-keys.ts';
import { followAddress } from './navigation.tsx';
import { Shell } from './shell.tsx';
import { loadInfo } from './state/info.ts';
import { applyTheme } from './state/theme.ts';

applyTheme();
followAddress();
connect();
loadInfo();
listenForKeys();
const app = document.getElementById('app');
if (app !== null) render(<Shell />, app);
