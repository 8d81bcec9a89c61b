-- now, most pages, since when pages that make room were not seen, then pairs of page and time of its last change ('' for unknown)
-- -> how many were added, how many were dropped
local now, most, unseen = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]) or -math.huge
local added, dropped = 0, 0
for i = 4, #ARGV, 2 do
  local page, changed_at = ARGV[i], ARGV[i + 1]
  dropped = dropped + make_room(most, unseen)
  if redis.call('ZCARD', p .. 'pages') >= most then break end
  add(page, now, now, changed_at ~= '' and changed_at or now, LISTED)
  added = added + 1
end
return {added, dropped}
