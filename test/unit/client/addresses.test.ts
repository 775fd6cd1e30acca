import { expect } from 'chai';
import { chooseLanguage } from '../../../client/preferences.ts';
import { parseRoute } from '../../../client/route.ts';

describe('addresses', () => {
  it('lead to their pages', () => {
    expect(parseRoute('/')).to.deep.equal({ page: 'home' });
    expect(parseRoute('/v/410821101200')).to.deep.equal({ page: 'village', code: '410821101200' });
    expect(parseRoute('/v/410821101200/')).to.deep.equal({ page: 'village', code: '410821101200' });
    expect(parseRoute('/checks/1eec9b70')).to.deep.equal({ page: 'verdict', id: '1eec9b70' });
    expect(parseRoute('/check')).to.deep.equal({ page: 'file' });
    expect(parseRoute('/rules')).to.deep.equal({ page: 'rules' });
  });

  it('that nobody has are said to be unknown', () => {
    for (const path of ['/v', '/checks', '/v/1/2', '/planning', '/v/%E0%A4%A']) {
      expect(parseRoute(path), path).to.deep.equal({ page: 'unknown' });
    }
  });

  it('choose the language before what was chosen earlier; Chinese is the first', () => {
    expect(chooseLanguage('?lang=en', 'zh')).to.equal('en');
    expect(chooseLanguage('?lang=zh', 'en')).to.equal('zh');
    expect(chooseLanguage('?lang=fr', 'en')).to.equal('en');
    expect(chooseLanguage('', null)).to.equal('zh');
  });
});
