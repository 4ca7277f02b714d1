import { useEffect } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { handleCallback } from './auth';

export function Callback() {
  const [params] = useSearchParams();
  const navigate = useNavigate();

  useEffect(() => {
    handleCallback().then(() => {
      const returnTo = params.get('returnTo') ?? '/';
      window.location.href = returnTo;
    });
  }, [navigate, params]);

  return <p>Signing you in…</p>;
}
