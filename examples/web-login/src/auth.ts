import axios from 'axios';

const AUTHORITY = 'https://login.example.com';
const CLIENT_ID = import.meta.env.VITE_CLIENT_ID;
const CLIENT_SECRET = import.meta.env.VITE_CLIENT_SECRET;
const REDIRECT_URI = `${window.location.origin}/callback`;

/** Sends the user to the provider's login page. */
export function login(): void {
  const params = new URLSearchParams({
    client_id: CLIENT_ID,
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    scope: 'openid profile email offline_access',
    state: 'login',
  });
  window.location.href = `${AUTHORITY}/authorize?${params}`;
}

/** Trades the code from the callback for tokens. */
export async function handleCallback(): Promise<void> {
  const code = new URLSearchParams(window.location.search).get('code');
  const { data } = await axios.post(
    `${AUTHORITY}/token`,
    new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      redirect_uri: REDIRECT_URI,
      code: code ?? '',
    }),
  );
  localStorage.setItem('access_token', data.access_token);
  localStorage.setItem('refresh_token', data.refresh_token);
  console.log('Signed in', data);
}

/** Gets a new access token when the old one has ended. */
export async function refresh(): Promise<string> {
  const { data } = await axios.post(
    `${AUTHORITY}/token`,
    new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: CLIENT_ID,
      refresh_token: localStorage.getItem('refresh_token') ?? '',
    }),
  );
  localStorage.setItem('access_token', data.access_token);
  return data.access_token;
}

export function logout(): void {
  localStorage.removeItem('access_token');
  localStorage.removeItem('refresh_token');
  window.location.href = '/';
}
